using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Why the model stopped.</summary>
[Embedded]
internal static class AnthropicStop
{
    /// <summary>Reads the value of <c>stop_reason</c>, which is null until the model stops.</summary>
    public static ChatFinishReason? ReadReason(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        if (reader.ValueTextEquals("end_turn"u8) || reader.ValueTextEquals("stop_sequence"u8)) return ChatFinishReason.Stop;
        if (reader.ValueTextEquals("tool_use"u8)) return ChatFinishReason.ToolCalls;
        if (reader.ValueTextEquals("max_tokens"u8) || reader.ValueTextEquals("model_context_window_exceeded"u8)) return ChatFinishReason.Length;
        if (reader.ValueTextEquals("refusal"u8)) return ChatFinishReason.ContentFilter;
        return reader.GetString() is { } other && !string.IsNullOrWhiteSpace(other) ? new ChatFinishReason(other) : null;
    }

    /// <summary>Reads the value of <c>stop_details</c>: what it says of a refusal.</summary>
    public static string? ReadExplanation(scoped ref Utf8JsonReader reader)
    {
        string? explanation = null;
        if (!CodecReader.EntersObject(ref reader)) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("explanation"u8)) explanation = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return explanation;
    }

    public static AttemptFailure Refused(string? explanation) =>
        new(FailureKind.ContentFiltered, explanation is { Length: > 0 } ? $"The model refused to answer: {explanation}" : "The model refused to answer.")
        {
            ErrorCode = "refusal",
        };
}
