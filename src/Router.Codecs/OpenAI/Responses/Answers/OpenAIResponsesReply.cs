using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads a whole answer.</summary>
[Embedded]
internal static class OpenAIResponsesReply
{
    public static AttemptFailure? Read(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        reply = null;
        try
        {
            ReadOnlySpan<byte> json = OpenAIJson.WithoutMark(body);
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("answer", ref reader);
            OpenAIResponsesFrame frame = OpenAIResponsesFrame.Read(ref reader, json);
            reader.Read(); // Past the object there may be nothing: the reader throws on anything but white space.

            var output = new OpenAIResponsesOutput(request, model);
            output.AddAll(frame.Output);
            output.EndAll();
            if (ProblemOf(frame, output, body) is { } problem) return problem with { Usage = frame.Usage.ToDetails(model) };
            reply = Build(request, model, frame, output);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return OpenAIJson.Malformed(body, e); // InvalidOperationException: invalid UTF-8 inside a string.
        }

        if (reply.FinishReason != ChatFinishReason.ContentFilter) return null;
        AttemptFailure filtered = OpenAIAnswers.Filtered(reply.Usage);
        if (reply.Messages[0].Contents.Count == 0) reply = null; // The filter let nothing through.
        return filtered;
    }

    /// <summary>Why a body that could be read is no answer; null where it is one.</summary>
    private static AttemptFailure? ProblemOf(in OpenAIResponsesFrame frame, OpenAIResponsesOutput output, ReadOnlySpan<byte> body) =>
        frame.Problem
        ?? (frame.Output.IsEmpty ? OpenAIErrors.ReadWithout(body, "output")
        : !output.HasContent && frame.Status is null ? CodecJson.Malformed("The answer has neither content nor a status.")
        : null);

    private static RoutedResponse Build(ChatRequest request, ModelProfile model, in OpenAIResponsesFrame frame, OpenAIResponsesOutput output)
    {
        List<AIContent> contents = output.Take() ?? [];
        return new RoutedResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = frame.Id, CreatedAt = frame.Created })
        {
            ResponseId = frame.Id,
            ConversationId = OpenAIConversation.IdAfter(request.Options, frame.Id),
            ModelId = frame.Model,
            CreatedAt = frame.Created,
            FinishReason = frame.FinishReasonWith(output.HasCalls),
            Usage = frame.Usage.ToDetails(model),
            AdditionalProperties = OpenAIAnswers.Describe(null, frame.ServiceTier),
        };
    }
}
