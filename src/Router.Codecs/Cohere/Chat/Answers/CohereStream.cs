using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads one stream. Text, thoughts and plans are handed on as they come, the stamp of thoughts behind them; a tool call when it is complete.
/// The last event has the usage and the reason to have stopped: a stream without it was cut.
/// </summary>
[Embedded]
internal sealed class CohereStream(ChatRequest request, ModelProfile model) : ChatStreamDecoder
{
    private readonly ChatRequest _request = request;
    private readonly ModelProfile _profile = model;
    private readonly List<OpenCall> _open = [];
    private string? _id;
    private string? _thoughts; // the form of thoughts whose stamp is still to come
    private bool _started;
    private bool _delivered;
    private bool _completed;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (_completed) return StreamSignal.Continue;
        try
        {
            CohereEvent read = CohereEvent.Read(data);
            return read.Type is CohereEventType.None ? TakeUntyped(read, data, out update, out failure) : Take(read, out update, out failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            return Fail("An event of the stream is not valid JSON.", out failure);
        }
    }

    private StreamSignal Take(in CohereEvent read, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (read.Type is CohereEventType.Other) return StreamSignal.Continue;
        if (read.Message.IsMalformed) return Fail("An event of the stream holds something that is not a part or a call.", out failure);
        if (read.Type is CohereEventType.MessageStart)
        {
            _started = true;
            _id = read.Id;
            return StreamSignal.Continue;
        }

        bool isError = read.Type is CohereEventType.MessageEnd && CohereStop.FailureOf(read.FinishReason, read.Error) is not null;
        if (!_started && !isError) return Fail("The stream does not begin with the start of a message.", out failure);
        switch (read.Type)
        {
            case CohereEventType.ContentStart or CohereEventType.ContentDelta: return TakePart(read.Message.Part, out update);
            case CohereEventType.ContentEnd: return Closed(EndThoughts(), out update);
            case CohereEventType.ToolPlanDelta: return TakeThoughts(CohereThoughts.Plan, read.Message.Plan, out update);
            case CohereEventType.CitationStart when read.Message.Citations is { } citations:
                update = Update(new TextContent("") { Annotations = citations });
                return StreamSignal.Update;
            case CohereEventType.CitationStart: return StreamSignal.Continue;
            case CohereEventType.ToolCallStart: return StartCall(read, out update, out failure);
            case CohereEventType.ToolCallDelta:
                OpenCall? open = Find(read.Index);
                open?.Append(read.Message.Call.Arguments);
                if (_request.AnswerPiece(open?.Name, read.Message.Call.Arguments) is not { } piece) return StreamSignal.Progress;
                update = Update(piece);
                return StreamSignal.Update;
            case CohereEventType.ToolCallEnd: return EndCall(read.Index, out update);
            default: return Complete(read, out update, out failure);
        }
    }

    /// <summary>A whole answer where a stream was asked for, or an error that stands where an event does.</summary>
    private StreamSignal TakeUntyped(in CohereEvent read, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        if (!read.HasWholeMessage || _started)
        {
            failure = read.Error is null ? CodecJson.Malformed("An event of the stream does not say what it is.") : CohereErrors.Classify(null, read.Error);
            return StreamSignal.Failed;
        }

        failure = CohereReply.Read(_request, _profile, data, out RoutedResponse? reply);
        if (failure is not null) return StreamSignal.Failed;
        _completed = true;
        _id = reply!.ResponseId;
        List<AIContent> contents = [.. reply.Messages[0].Contents];
        if (reply.Usage is { } usage) contents.Add(new UsageContent(usage));
        update = Update(contents);
        update.FinishReason = reply.FinishReason;
        return StreamSignal.Completed;
    }

    private StreamSignal TakePart(in CoherePart part, out ChatResponseUpdate? update)
    {
        if (part.Type is CoherePartType.Thinking) return TakeThoughts(CohereThoughts.Thinking, part.Text, out update);
        update = null;
        if (part.Type is CoherePartType.None || string.IsNullOrEmpty(part.Text)) return StreamSignal.Continue;
        var text = new TextContent(part.Text);
        update = EndThoughts() is { } stamp ? Update([stamp, text]) : Update(text);
        return StreamSignal.Update;
    }

    private StreamSignal TakeThoughts(string form, string? text, out ChatResponseUpdate? update)
    {
        update = null;
        if (string.IsNullOrEmpty(text)) return StreamSignal.Continue;
        List<AIContent> contents = new(1);
        if (_thoughts is not null && _thoughts != form) contents.Add(EndThoughts()!);
        _thoughts = form;
        contents.Add(new TextReasoningContent(text));
        update = Update(contents);
        return StreamSignal.Update;
    }

    /// <summary>The stamp of the thoughts that have come; null where none have.</summary>
    private TextReasoningContent? EndThoughts()
    {
        if (_thoughts is not { } form) return null;
        _thoughts = null;
        return CohereThoughts.End(_profile, form);
    }

    private StreamSignal StartCall(in CohereEvent read, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (read.Message.Call.Name is not { } name) return Fail("A tool call of the stream names no function.", out failure);
        var call = new OpenCall(read.Index, read.Message.Call.Id ?? CodecNames.NewCallId(), CodecNames.FromWire(name, _request.Options, identifiers: true));
        call.Append(read.Message.Call.Arguments);
        _open.Add(call);
        List<AIContent> contents = new(1);
        if (EndThoughts() is { } stamp) contents.Add(stamp);
        if (_request.AnswerPiece(call.Name, read.Message.Call.Arguments) is { } piece) contents.Add(piece);
        if (contents.Count == 0) return StreamSignal.Progress;
        update = Update(contents);
        return StreamSignal.Update;
    }

    private StreamSignal EndCall(long? index, out ChatResponseUpdate? update)
    {
        update = null;
        if (Find(index) is not { } call) return StreamSignal.Continue;
        _open.Remove(call);
        update = Update(call.ToContent());
        return StreamSignal.Update;
    }

    private StreamSignal Complete(in CohereEvent read, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        UsageDetails? usage = read.Usage.ToDetails();
        failure = CohereStop.FailureOf(read.FinishReason, read.Error);
        if (failure is null && read.FinishReason is null) failure = read.Error is null ? CodecJson.Malformed("The stream ended without a reason to have stopped.") : CohereErrors.Classify(null, read.Error);

        // Where nothing has reached the caller yet, this is not an answer that the filter cut short but none at all.
        if (failure is null && read.FinishReason == ChatFinishReason.ContentFilter && !_delivered) failure = CohereStop.Filtered();
        if (failure is not null)
        {
            failure = failure with { Usage = usage };
            return StreamSignal.Failed;
        }

        List<AIContent> left = [];
        if (EndThoughts() is { } stamp) left.Add(stamp);
        foreach (OpenCall call in _open) left.Add(call.ToContent()); // The model has said why it stopped, so they are complete although their end was not sent.
        _open.Clear();
        _completed = true;
        if (usage is not null) left.Add(new UsageContent(usage));
        update = Update(left);
        update.FinishReason = read.FinishReason;
        return StreamSignal.Completed;
    }

    private StreamSignal Closed(TextReasoningContent? stamp, out ChatResponseUpdate? update)
    {
        update = stamp is null ? null : Update(stamp);
        return update is null ? StreamSignal.Continue : StreamSignal.Update;
    }

    private ChatResponseUpdate Update(AIContent content) => Update([content]);

    private ChatResponseUpdate Update(List<AIContent> contents)
    {
        _delivered |= contents.Count > 0;
        return new ChatResponseUpdate(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id };
    }

    private OpenCall? Find(long? index)
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Index == index) return _open[i];
        }

        return null;
    }

    private static StreamSignal Fail(string message, out AttemptFailure? failure)
    {
        failure = CodecJson.Malformed(message);
        return StreamSignal.Failed;
    }

    /// <summary>A call whose arguments are still coming.</summary>
    private sealed class OpenCall(long? index, string id, string name)
    {
        private readonly ArrayBufferWriter<byte> _arguments = new();

        public long? Index { get; } = index;

        public string Name { get; } = name;

        public void Append(string? piece)
        {
            if (piece is not null) Encoding.UTF8.GetBytes(piece, _arguments);
        }

        public FunctionCallContent ToContent() => CodecJson.ToCall(id, Name, _arguments.WrittenSpan);
    }
}
