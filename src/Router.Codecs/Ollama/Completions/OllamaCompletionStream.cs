using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads a stream of text: each line has the next piece; the one that is done ends it, and nothing else does.</summary>
[Embedded]
internal sealed class OllamaCompletionStream : StreamDecoder<CompletionUpdate>
{
    private bool _completed;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out CompletionUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (_completed) return StreamSignal.Continue;
        var read = new OllamaCompletionEvent();
        try
        {
            read.Read(data);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            failure = CodecJson.Malformed("A line of the stream cannot be read: " + CodecErrors.Trim(e.Message)); // InvalidOperationException: invalid UTF-8 inside a string.
            return StreamSignal.Failed;
        }

        failure = read.HasError ? OllamaErrors.Classify(null, read.Error)
            : read.Text is null && !read.IsDone ? CodecJson.Malformed("A line of the stream has no response.")
            : null;
        if (failure is not null) return StreamSignal.Failed;
        _completed = read.IsDone;
        update = new CompletionUpdate(read.Text ?? "") { Tokens = read.Tokens ?? [], FinishReason = read.FinishReason, Usage = read.IsDone ? read.Usage.ToDetails() : null };
        return read.IsDone ? StreamSignal.Completed : update.Text.Length > 0 ? StreamSignal.Update : StreamSignal.Continue;
    }
}
