using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the body of an answer that is not streamed, forwards and once.</summary>
[Embedded]
internal static class GeminiReply
{
    public static AttemptFailure? Read(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        reply = null;
        var answer = new GeminiAnswer(request, model);
        try
        {
            List<AIContent>? contents = null;
            if (!answer.Read(body, ref contents)) return CodecJson.Malformed("The answer is not a JSON object.");
            return Conclude(answer, contents ?? [], out reply) is { } failure ? failure with { Usage = answer.Usage } : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return CodecErrors.Unreadable(body); // InvalidOperationException: invalid UTF-8 inside a string.
        }
    }

    private static AttemptFailure? Conclude(GeminiAnswer answer, List<AIContent> contents, out RoutedResponse? reply)
    {
        reply = null;
        if (answer.Error is { } error) return error;
        if (answer.Malformed is { } malformed) return malformed;
        if (answer.BlockReason is { } block && !answer.SaysSomething) return GeminiStop.Withheld(block, answer.Explanation);
        if (!answer.HasCandidate) return CodecJson.Malformed("The answer has no candidates.");
        if (GeminiStop.FailureOf(answer.Reason) is { } broken) return broken;
        if (answer.Reason is null && (contents.Count == 0 || answer.IsArray)) return CodecJson.Malformed("The answer does not say why the model stopped.");
        if (answer.Sources is { } sources) contents.Add(sources);

        reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = answer.Id })
        {
            ResponseId = answer.Id,
            ModelId = answer.Model,
            CreatedAt = answer.Created,
            FinishReason = answer.FinishReason,
            Usage = answer.Usage,
            AdditionalProperties = CodecTiers.Describe(answer.ServiceTier),
        };
        if (!GeminiStop.IsFiltered(answer.Reason)) return null;
        if (!answer.SaysSomething) reply = null; // The filter let nothing through.
        return GeminiStop.Withheld(answer.Reason!, answer.Explanation);
    }
}
