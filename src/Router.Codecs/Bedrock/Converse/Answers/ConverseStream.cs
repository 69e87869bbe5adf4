using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads one stream. Text and thoughts are handed on as they come; a tool call when its block is complete, and a signature
/// likewise. A block of text or thoughts has no start, only deltas. The reason to have stopped comes with the message's end, and usage
/// behind it, with the last event.
/// </summary>
[Embedded]
internal sealed class ConverseStream(ChatRequest request, ModelProfile model) : ChatStreamDecoder
{
    private readonly List<CodecOpenBlock> _open = [];
    private ConverseUsage _usage;
    private ConverseStop _stop;
    private bool _started;
    private bool _delivered;
    private bool _completed;

    public override bool IsFinished => _stop.Reason is not null;

    public override UsageDetails? UsageSoFar => _usage.ToDetails();

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (_completed) return StreamSignal.Continue;
        if (eventType.Length > 0 && eventType[0] == EventStreamReader.ErrorMark)
        {
            failure = BedrockErrors.ReadInStream(eventType[1..], data);
            return StreamSignal.Failed;
        }

        try
        {
            return Take(eventType, data, out update, out failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            return Fail("An event of the stream is not valid JSON.", out failure);
        }
    }

    public override StreamSignal End(out ChatResponseUpdate? update, out AttemptFailure? failure) => Complete(null, out update, out failure);

    private StreamSignal Take(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        bool isDelta = type.SequenceEqual("contentBlockDelta"u8);
        bool isStart = type.SequenceEqual("contentBlockStart"u8);
        bool isStop = type.SequenceEqual("contentBlockStop"u8);
        bool isEnd = type.SequenceEqual("messageStop"u8);
        bool isUsage = type.SequenceEqual("metadata"u8);
        if (type.SequenceEqual("messageStart"u8)) _started = true;
        else if (!(isDelta || isStart || isStop || isEnd || isUsage)) return StreamSignal.Continue; // What the API adds one day.
        else if (!_started) return Fail("The stream does not begin with the start of a message.", out failure);

        ConverseEvent read = ConverseEvent.Read(data);
        _usage = read.HasUsage ? read.Usage : _usage;
        if (isDelta) return TakeDelta(read, out update, out failure);
        if (isStart) return StartBlock(read, out failure);
        if (isStop) return StopBlock(read.Index, out update);
        if (isEnd) return TakeEnd(read, out failure);
        return isUsage ? Complete(read.Tier, out update, out failure) : StreamSignal.Continue;
    }

    private StreamSignal StartBlock(in ConverseEvent read, out AttemptFailure? failure)
    {
        failure = null;
        if (!read.HasPart) return Fail("An event of the stream lacks its block or delta.", out failure);
        ConversePart block = read.Part;
        if (block.Type is not ConversePartType.ToolUse || block.IsHosted) return StreamSignal.Progress;
        if (block is not { Id: not null, Name: not null }) return Fail("A block of the stream lacks what makes it one.", out failure);
        _open.Add(new CodecOpenBlock(read.Index) { CallId = block.Id, Name = CodecNames.FromWire(block.Name, request.Options) });
        return StreamSignal.Progress;
    }

    private StreamSignal TakeDelta(in ConverseEvent read, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (!read.HasPart) return Fail("An event of the stream lacks its block or delta.", out failure);
        ConversePart delta = read.Part;
        switch (delta.Type)
        {
            case ConversePartType.Text or ConversePartType.Cited:
                if (!string.IsNullOrEmpty(delta.Text) || delta.Citations is not null) update = Update(new TextContent(delta.Text) { Annotations = delta.Citations });
                break;
            case ConversePartType.Thoughts when delta.Hidden is not null:
                update = Update(CodecThoughts.Hidden(model, delta.Hidden));
                break;
            case ConversePartType.Thoughts:
                return TakeThoughts(read.Index, delta, out update);
            case ConversePartType.ToolUse when delta.Text is not null:
                // Tools that the provider runs itself stream their input as well; their blocks are not open here.
                CodecOpenBlock? call = CodecOpenBlock.Find(_open, read.Index);
                call?.AppendInput(delta.Text);
                if (request.AnswerPiece(call?.Name, delta.Text) is not { } piece) return StreamSignal.Progress;
                update = Update(piece);
                break;
            case ConversePartType.Unknown:
                return StreamSignal.Progress;
            default:
                return Fail("A delta of the stream lacks what makes it one.", out failure);
        }

        return update is null ? StreamSignal.Continue : StreamSignal.Update;
    }

    private StreamSignal TakeThoughts(long? index, in ConversePart delta, out ChatResponseUpdate? update)
    {
        update = null;
        CodecOpenBlock? thinking = CodecOpenBlock.Find(_open, index);
        if (thinking is not { IsThinking: true }) _open.Add(thinking = new CodecOpenBlock(index) { IsThinking = true });
        thinking.Signature = delta.Signature is null ? thinking.Signature : thinking.Signature + delta.Signature;
        if (string.IsNullOrEmpty(delta.Text)) return StreamSignal.Progress;
        thinking.AddThoughts(delta.Text);
        update = Update(new TextReasoningContent(delta.Text));
        return StreamSignal.Update;
    }

    private StreamSignal StopBlock(long? index, out ChatResponseUpdate? update)
    {
        update = null;
        if (CodecOpenBlock.Find(_open, index) is not { } block) return StreamSignal.Continue;
        _open.Remove(block);
        if (Close(block) is { } content) update = Update(content);
        return update is null ? StreamSignal.Continue : StreamSignal.Update;
    }

    /// <summary>What a block brings at its end: a call, or the signature of thoughts, without which nothing can go back.</summary>
    private AIContent? Close(CodecOpenBlock block) =>
        block.CallId is not null ? block.ToCall()
        : block.Signature is not null ? CodecThoughts.End(model, block.Thoughts.Value, block.Signature)
        : null;

    private StreamSignal TakeEnd(in ConverseEvent read, out AttemptFailure? failure)
    {
        _stop = read.Stop;
        failure = _stop.ToFailure();
        if (failure is null || (_stop.IsFiltered && _delivered))
        {
            failure = null; // What has reached the caller is an answer that the filter cut short.
            return StreamSignal.Continue;
        }

        _stop = default;
        return StreamSignal.Failed;
    }

    private StreamSignal Complete(string? tier, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (!IsFinished && _open.Exists(static block => block.CallId is not null)) return Fail("The stream ends inside a tool call.", out failure);
        if (!IsFinished && !_delivered) return Fail("The stream ended without an answer.", out failure);
        List<AIContent> left = [];
        foreach (CodecOpenBlock block in _open)
        {
            // Where the model has said why it stopped, the block is complete although its end was not sent.
            if (Close(block) is { } content) left.Add(content);
        }

        _open.Clear();
        _completed = true;
        if (_usage.ToDetails() is { } usage) left.Add(new UsageContent(usage));
        update = Update(left);
        update.FinishReason = _stop.Reason;
        update.AdditionalProperties = CodecTiers.Describe(tier);
        return StreamSignal.Completed;
    }

    private ChatResponseUpdate Update(AIContent content) => Update([content]);

    private ChatResponseUpdate Update(List<AIContent> contents)
    {
        _delivered |= contents.Count > 0;
        return new ChatResponseUpdate(ChatRole.Assistant, contents) { ModelId = model.Model };
    }

    private static StreamSignal Fail(string message, out AttemptFailure? failure)
    {
        failure = CodecJson.Malformed(message);
        return StreamSignal.Failed;
    }
}
