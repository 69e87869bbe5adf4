using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the body of an answer that is not streamed: one object that is done.</summary>
[Embedded]
internal static class OllamaReply
{
    public static AttemptFailure? Read(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body, out RoutedResponse? reply)
    {
        reply = null;
        try
        {
            OllamaEvent read = OllamaEvent.Read(body);
            return Build(request, model, read, out reply) is { } failure ? failure with { Usage = read.Usage.ToDetails() } : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            return CodecErrors.Unreadable(body);
        }
    }

    private static AttemptFailure? Build(ChatRequest request, ModelProfile model, in OllamaEvent read, out RoutedResponse? reply)
    {
        reply = null;
        if (read.HasError) return OllamaErrors.Classify(null, read.Error);
        if (read.IsMalformed) return CodecJson.Malformed("The answer holds something that is not a text or a call.");
        if (!read.HasMessage) return CodecJson.Malformed("The answer has no message.");
        if (!read.IsDone) return CodecJson.Malformed("The answer is not done: it is the beginning of one.");

        List<AIContent> contents = new(1);
        if (!string.IsNullOrEmpty(read.Thinking)) contents.Add(OllamaStream.Stamped(model, read.Thinking));
        if (!string.IsNullOrEmpty(read.Text)) contents.Add(new TextContent(read.Text));
        if (!read.TryAddCalls(request, [], contents)) return CodecJson.Malformed("A tool call names no function.");
        reply = new RoutedResponse(new ChatMessage(ChatRole.Assistant, contents) { CreatedAt = read.CreatedAt })
        {
            ModelId = read.Model,
            CreatedAt = read.CreatedAt,
            FinishReason = read.FinishReason(read.Calls is not null),
            Usage = read.Usage.ToDetails(),
        };
        return null;
    }
}
