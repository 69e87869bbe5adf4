using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads a stream of text: each event has the next piece. Usage comes in an event of its own, or with the reason to stop.</summary>
[Embedded]
internal sealed class OpenAICompletionStream(ModelProfile model) : StreamDecoder<CompletionUpdate>
{
    private readonly ModelProfile _profile = model;
    private OpenAIUsage _usage;
    private ChatFinishReason? _finishReason;
    private bool _delivered;

    public override bool IsFinished => _finishReason is not null;

    public override UsageDetails? UsageSoFar => _usage.ToDetails(_profile);

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out CompletionUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        data = data.Trim(" \t\r\n"u8);
        if (data.IsEmpty || eventType.SequenceEqual("ping"u8)) return StreamSignal.Continue;
        if (data.SequenceEqual("[DONE]"u8)) return End(out update, out failure);
        try
        {
            return ReadEvent(eventType, data, out update, out failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            failure = OpenAIJson.Malformed(data, e); // InvalidOperationException: invalid UTF-8 inside a string.
            return StreamSignal.Failed;
        }
    }

    public override StreamSignal End(out CompletionUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = _delivered || IsFinished ? null : CodecJson.Malformed("The stream ended without an answer.");
        if (failure is not null) return StreamSignal.Failed;
        update = new CompletionUpdate("") { FinishReason = _finishReason, Usage = UsageSoFar };
        return StreamSignal.Completed;
    }

    private StreamSignal ReadEvent(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out CompletionUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        var read = new OpenAICompletionEvent { Usage = _usage };
        read.Read(data);
        _usage = read.Usage;
        _finishReason = read.FinishReason ?? _finishReason;
        failure = read.Error ?? (eventType.SequenceEqual("error"u8) ? OpenAIErrors.ReadWithout(data, "choices") : null) ?? OpenAIJson.FailureOf(read.FinishReason);
        if (failure is null && !_delivered && string.IsNullOrEmpty(read.Text) && _finishReason == ChatFinishReason.ContentFilter)
        {
            failure = new AttemptFailure(FailureKind.ContentFiltered, "The provider's content filter withheld the answer.");
        }

        if (failure is not null) return StreamSignal.Failed;
        if (string.IsNullOrEmpty(read.Text) && read.Tokens is null) return StreamSignal.Continue;
        _delivered |= !string.IsNullOrEmpty(read.Text);
        update = new CompletionUpdate(read.Text ?? "") { Tokens = read.Tokens ?? [] };
        return StreamSignal.Update;
    }
}
