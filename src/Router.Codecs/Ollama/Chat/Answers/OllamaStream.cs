using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads one stream: each object has the next piece of the text or the thoughts, or whole calls. The one that is done ends it, and nothing else
/// does; a whole answer is a stream of that one.
/// </summary>
[Embedded]
internal sealed class OllamaStream(ChatRequest request, ModelProfile model) : ChatStreamDecoder
{
    private readonly ChatRequest _request = request;
    private readonly ModelProfile _profile = model;
    private readonly List<string> _calls = []; // their ids
    private bool _thinks; // whether thoughts have come whose stamp has not
    private bool _completed;

    /// <summary>Returns thoughts with their stamp, or the stamp alone.</summary>
    public static TextReasoningContent Stamped(ModelProfile model, string text) => new(text) { ProtectedData = CodecState.Stamp(model, OllamaMessages.Thinking, "") };

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (_completed) return StreamSignal.Continue;
        try
        {
            OllamaEvent read = OllamaEvent.Read(data);
            return Take(read, out update, out failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            failure = CodecJson.Malformed("A line of the stream is not valid JSON.");
            return StreamSignal.Failed;
        }
    }

    private StreamSignal Take(in OllamaEvent read, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = read.HasError ? OllamaErrors.Classify(null, read.Error)
            : read.IsMalformed ? CodecJson.Malformed("A line of the stream holds something that is not a text or a call.")
            : !read.HasMessage && !read.IsDone ? CodecJson.Malformed("A line of the stream has no message.")
            : null;
        if (failure is not null) return StreamSignal.Failed;

        List<AIContent> contents = new(1);
        if (!string.IsNullOrEmpty(read.Thinking)) contents.Add(new TextReasoningContent(read.Thinking));
        _thinks |= contents.Count > 0;
        bool goesOn = !string.IsNullOrEmpty(read.Text) || read.Calls is not null || read.IsDone;
        if (_thinks && goesOn) contents.Add(Stamped(_profile, ""));
        _thinks &= !goesOn;
        if (!string.IsNullOrEmpty(read.Text)) contents.Add(new TextContent(read.Text));
        if (!read.TryAddCalls(_request, _calls, contents))
        {
            failure = CodecJson.Malformed("A tool call of the stream names no function.");
            return StreamSignal.Failed;
        }

        if (read.IsDone && read.Usage.ToDetails() is { } usage) contents.Add(new UsageContent(usage));
        if (contents.Count == 0 && !read.IsDone) return StreamSignal.Continue;
        update = new ChatResponseUpdate(ChatRole.Assistant, contents) { ModelId = read.Model };
        if (!read.IsDone) return StreamSignal.Update;
        _completed = true;
        update.CreatedAt = read.CreatedAt;
        update.FinishReason = read.FinishReason(_calls.Count > 0);
        return StreamSignal.Completed;
    }
}
