using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads one stream. Each event is an answer with what is new of it; calls come whole. The API has no terminator: a chunk says
/// why the model stopped, and the connection ends. Usage, sources and the reason come once, at the end.
/// </summary>
[Embedded]
internal sealed class GeminiStream(ChatRequest request, ModelProfile model) : ChatStreamDecoder
{
    private readonly GeminiAnswer _answer = new(request, model);
    private bool _isFinished;
    private bool _isCompleted;

    public override bool IsFinished => _isFinished;

    public override UsageDetails? UsageSoFar => _answer.Usage;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        data = data.Trim(" \t\r\n"u8);
        if (_isCompleted || data.IsEmpty) return StreamSignal.Continue;
        if (data.SequenceEqual("[DONE]"u8) && _isFinished) return End(out update, out failure); // Gateways add it.
        try
        {
            List<AIContent>? contents = null;
            if (!_answer.Read(data, ref contents)) return Fail(CodecJson.Malformed("An event of the stream is not a JSON object."), out failure);
            return Take(contents, out update, out failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            return Fail(CodecJson.Malformed("An event of the stream is not valid JSON."), out failure);
        }
    }

    public override StreamSignal End(out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        failure = null;
        _isCompleted = true;
        List<AIContent> contents = [];
        if (_answer.Sources is { } sources) contents.Add(sources);
        if (_answer.Usage is { } usage) contents.Add(new UsageContent(usage));
        update = Update(contents);
        update.FinishReason = _answer.FinishReason ?? ChatFinishReason.ContentFilter; // Without one, the prompt was blocked.
        update.AdditionalProperties = CodecTiers.Describe(_answer.ServiceTier);
        return StreamSignal.Completed;
    }

    private StreamSignal Take(List<AIContent>? contents, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if ((_answer.Error ?? _answer.Malformed ?? GeminiStop.FailureOf(_answer.Reason)) is { } broken) return Fail(broken, out failure);

        // Where something has reached the caller, the filter cut the answer short; else it is none at all.
        string? filtered = _answer.BlockReason ?? (GeminiStop.IsFiltered(_answer.Reason) ? _answer.Reason : null);
        if (filtered is not null && !_answer.SaysSomething) return Fail(GeminiStop.Withheld(filtered, _answer.Explanation), out failure);
        _isFinished = _answer.Reason is not null || filtered is not null;
        if (contents is null) return _answer.HasCandidate ? StreamSignal.Progress : StreamSignal.Continue;
        update = Update(contents);
        return StreamSignal.Update;
    }

    private ChatResponseUpdate Update(List<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _answer.Id,
        MessageId = _answer.Id,
        ModelId = _answer.Model,
        CreatedAt = _answer.Created,
    };

    private static StreamSignal Fail(AttemptFailure reason, out AttemptFailure? failure)
    {
        failure = reason;
        return StreamSignal.Failed;
    }
}
