using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>A response without what its items say: a whole answer, or what an event of a stream repeats of it.</summary>
[Embedded]
internal ref struct OpenAIResponsesFrame
{
    public string? Id;
    public string? Model;
    public string? Status;
    public string? IncompleteReason;
    public string? ServiceTier;
    public DateTimeOffset? Created;
    public OpenAIUsage Usage;
    public AttemptFailure? Error;

    /// <summary>The list of items as JSON; empty where there is none.</summary>
    public ReadOnlySpan<byte> Output;

    /// <summary>Reads the object that the reader stands in.</summary>
    public static OpenAIResponsesFrame Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var frame = new OpenAIResponsesFrame();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (OpenAIJson.Is(ref reader, "id"u8)) frame.Id = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "model"u8)) frame.Model = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "created_at"u8)) frame.Created = OpenAIJson.ReadTime(ref reader);
            else if (OpenAIJson.Is(ref reader, "status"u8)) frame.Status = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "output"u8)) frame.Output = CodecReader.ReadRaw(ref reader, json);
            else if (OpenAIJson.Is(ref reader, "usage"u8)) frame.Usage.Read(ref reader);
            else if (OpenAIJson.Is(ref reader, "error"u8)) frame.Error ??= OpenAIErrors.ReadMember(ref reader);
            else if (OpenAIJson.Is(ref reader, "incomplete_details"u8)) frame.IncompleteReason = ReadReason(ref reader);
            else if (OpenAIJson.Is(ref reader, "service_tier"u8)) frame.ServiceTier = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return frame;
    }

    /// <summary>Returns why the response is no answer; null where it is one.</summary>
    public readonly AttemptFailure? Problem => Status switch
    {
        "failed" => Error ?? new AttemptFailure(FailureKind.ServerError, "The provider failed to answer.") { ErrorCode = Status },
        "cancelled" => Error ?? new AttemptFailure(FailureKind.ServerError, "The provider cancelled the answer.") { ErrorCode = Status },
        "queued" or "in_progress" => Error ?? CodecJson.Malformed($"The answer is not complete: its status is {Status}."),
        _ => Error,
    };

    /// <summary>Returns why the model stopped.</summary>
    /// <param name="hasCalls">Whether it has called a function.</param>
    public readonly ChatFinishReason FinishReasonWith(bool hasCalls)
    {
        if (Status is not "incomplete") return hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;
        return IncompleteReason switch
        {
            null or "" or "max_output_tokens" or "max_tokens" or "length" => ChatFinishReason.Length,
            "content_filter" => ChatFinishReason.ContentFilter,
            { } other when !string.IsNullOrWhiteSpace(other) => new ChatFinishReason(other),
            _ => ChatFinishReason.Length,
        };
    }

    private static string? ReadReason(scoped ref Utf8JsonReader reader)
    {
        string? reason = null;
        if (!CodecReader.EntersObject(ref reader)) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (OpenAIJson.Is(ref reader, "reason"u8)) reason = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return reason;
    }
}
