using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads one stream. Text and thoughts are handed on as they come; a tool call when its block is complete, and a signature
/// likewise. Usage and the reason to have stopped come once, with the last event.
/// </summary>
[Embedded]
internal sealed class AnthropicStream(ChatRequest request, ModelProfile model) : ChatStreamDecoder
{
    private readonly ChatRequest _request = request;
    private readonly ModelProfile _profile = model;
    private readonly List<CodecOpenBlock> _open = [];
    private string? _id;
    private string? _model;
    private AnthropicUsage _usage;
    private ChatFinishReason? _stopReason;
    private bool _started;
    private bool _delivered;
    private CodecOpenBlock? _thinking; // the block of the last delta, where that was one of thoughts
    private bool _completed;

    public override bool IsFinished => _stopReason is not null;

    public override UsageDetails? UsageSoFar => _usage.ToDetails();

    public override bool AllowsJoining => true;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (_completed) return StreamSignal.Continue;
        try
        {
            AnthropicEvent read = AnthropicEvent.Read(data);
            return Take(read, out update, out failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 inside a string.
            return Fail("An event of the stream is not valid JSON.", out failure);
        }
    }

    public override StreamSignal End(out ChatResponseUpdate? update, out AttemptFailure? failure) => Complete(out update, out failure);

    private StreamSignal Take(in AnthropicEvent read, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        switch (read.Type)
        {
            case AnthropicEventType.Other: return StreamSignal.Continue;
            case AnthropicEventType.None: return Fail("An event of the stream does not say what it is.", out failure);
            case AnthropicEventType.MessageStart: return Start(read, read.HasMessage, out update, out failure);
            case AnthropicEventType.Message: return Start(read, hasMessage: true, out update, out failure);
            case AnthropicEventType.Error:
                failure = AnthropicErrors.Classify(null, read.Error ?? default);
                return StreamSignal.Failed;
        }

        if (!_started) return Fail("The stream does not begin with the start of a message.", out failure);
        switch (read.Type)
        {
            case AnthropicEventType.BlockDelta when read.HasPart: return TakeDelta(read, out update, out failure);
            case AnthropicEventType.BlockStart when read.HasPart: return StartBlock(read, out update, out failure);
            case AnthropicEventType.BlockDelta or AnthropicEventType.BlockStart: return Fail("An event of the stream lacks its block or delta.", out failure);
            case AnthropicEventType.BlockStop: return StopBlock(read.Index, out update);
            case AnthropicEventType.MessageDelta: return TakeEnd(read, out failure);
            default: return Complete(out update, out failure);
        }
    }

    private StreamSignal Start(in AnthropicEvent read, bool hasMessage, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (!hasMessage) return Fail("The stream starts without a message.", out failure);
        _started = true;
        _id = read.MessageId;
        _model = read.Model;
        _usage.Replace(read.Usage);
        if (!read.Content.IsEmpty)
        {
            failure = AnthropicReply.ReadContents(_request, _profile, read.Content, out List<AIContent>? contents);
            if (failure is not null) return StreamSignal.Failed;
            if (contents is { Count: > 0 }) update = Update(contents);
        }

        _stopReason = read.StopReason;
        if (_stopReason != ChatFinishReason.ContentFilter || _delivered) return update is null ? StreamSignal.Continue : StreamSignal.Update;
        failure = AnthropicStop.Refused(read.Explanation);
        return StreamSignal.Failed;
    }

    private StreamSignal StartBlock(in AnthropicEvent read, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        AnthropicPart block = read.Part;
        switch (block.Type)
        {
            case AnthropicPartType.Text:
                return TextUpdate(block.Text, block.Citations, out update);
            case AnthropicPartType.Thinking:
                var thinking = new CodecOpenBlock(read.Index) { IsThinking = true, Signature = block.Signature };
                _open.Add(thinking);
                return ThoughtsUpdate(thinking, block.Text, out update);
            case AnthropicPartType.RedactedThinking when block.Text is not null:
                update = Update(CodecThoughts.Hidden(_profile, block.Text));
                return StreamSignal.Update;
            case AnthropicPartType.ToolUse when block is { Id: not null, Name: not null }:
                // The input stands here as an empty object, and is then sent in pieces; some servers send it here at once.
                byte[]? whole = block.Input.Length > 2 ? block.Input.ToArray() : null;
                _open.Add(new CodecOpenBlock(read.Index) { CallId = block.Id, Name = CodecNames.FromWire(block.Name, _request.Options), WholeInput = whole });
                return StreamSignal.Continue;
            case AnthropicPartType.Unknown:
                _open.Add(new CodecOpenBlock(read.Index) { Other = block.Raw.ToArray() });
                return StreamSignal.Progress;
            default:
                return Fail("A block of the stream lacks what makes it one.", out failure);
        }
    }

    private StreamSignal TakeDelta(in AnthropicEvent read, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        switch (read.Part.Type)
        {
            case AnthropicPartType.TextDelta when read.Part.Text is not null:
                return TextUpdate(read.Part.Text, null, out update);
            case AnthropicPartType.CitationsDelta:
                return TextUpdate(null, read.Part.Citations, out update);
            case AnthropicPartType.ThinkingDelta when read.Part.Text is not null:
                return ThoughtsUpdate(Find(read.Index), read.Part.Text, out update);
            case AnthropicPartType.SignatureDelta when read.Part.Signature is not null:
                // Without its block it signs nothing that could be sent back.
                if (Find(read.Index) is { IsThinking: true } thinking) thinking.Signature += read.Part.Signature;
                return StreamSignal.Progress;
            case AnthropicPartType.InputJsonDelta when read.Part.Text is not null:
                // Tools that the provider runs itself stream their input as well.
                CodecOpenBlock? call = Find(read.Index);
                call?.AppendInput(read.Part.Text);
                if (_request.AnswerPiece(call?.Name, read.Part.Text) is not { } piece) return StreamSignal.Progress;
                update = Update(piece);
                return StreamSignal.Update;
            case AnthropicPartType.TextDelta or AnthropicPartType.ThinkingDelta or AnthropicPartType.SignatureDelta or AnthropicPartType.InputJsonDelta:
                return Fail("A delta of the stream lacks what makes it one.", out failure);
            default:
                return StreamSignal.Continue;
        }
    }

    private StreamSignal StopBlock(long? index, out ChatResponseUpdate? update)
    {
        update = null;
        if (Find(index) is not { } block) return StreamSignal.Continue;
        _open.Remove(block);
        update = Close(block);
        return update is null ? StreamSignal.Continue : StreamSignal.Update;
    }

    /// <summary>Hands on what a block brings at its end.</summary>
    private ChatResponseUpdate? Close(CodecOpenBlock block)
    {
        ChatResponseUpdate? update = null;
        if (block.CallId is not null) update = Update(block.ToCall());
        else if (block.Other is not null) update = Update(AnthropicOtherBlock.ToContent(block.Other, block.Pieces));
        else if (block.IsThinking && (block.HasThoughts || block.Signature is not null)) update = Update(CodecThoughts.End(_profile, block.Thoughts.Value, block.Signature));
        return update;
    }

    private StreamSignal TakeEnd(in AnthropicEvent read, out AttemptFailure? failure)
    {
        failure = null;
        _usage.Replace(read.Usage);
        _stopReason = read.Part.StopReason ?? _stopReason;
        if (_stopReason != ChatFinishReason.ContentFilter || _delivered) return StreamSignal.Continue;

        // Nothing has reached the caller yet, so this is not an answer that the filter cut short but none at all.
        failure = AnthropicStop.Refused(read.Part.Explanation);
        return StreamSignal.Failed;
    }

    private StreamSignal Complete(out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        List<AIContent>? left = null;
        foreach (CodecOpenBlock block in _open)
        {
            // Where the model has said why it stopped, the block is complete although its end was not sent.
            if (block.CallId is not null && _stopReason is null) return Fail("The stream ends inside a tool call.", out failure);
            if (Close(block) is { } closed) (left ??= []).AddRange(closed.Contents);
        }

        _open.Clear();
        if (!_delivered && _stopReason is null) return Fail("The stream ended without an answer.", out failure);
        _completed = true;
        if (_usage.ToDetails() is { } usage) (left ??= new List<AIContent>(1)).Add(new UsageContent(usage));
        update = Update(left ?? []);
        update.FinishReason = _stopReason;
        update.AdditionalProperties = CodecTiers.Describe(_usage.ServiceTier);
        return StreamSignal.Completed;
    }

    public override void NoteJoined(string text) => _thinking?.AddThoughts(text);

    private StreamSignal TextUpdate(string? text, List<AIAnnotation>? citations, out ChatResponseUpdate? update)
    {
        _thinking = null;
        update = string.IsNullOrEmpty(text) && citations is null ? null : Update(new TextContent(text) { Annotations = citations });
        return update is null ? StreamSignal.Continue : StreamSignal.Update;
    }

    private StreamSignal ThoughtsUpdate(CodecOpenBlock? block, string? text, out ChatResponseUpdate? update)
    {
        _thinking = block;
        if (block is not null && !string.IsNullOrEmpty(text)) block.AddThoughts(text);
        update = string.IsNullOrEmpty(text) ? null : Update(new TextReasoningContent(text));
        return update is null ? StreamSignal.Continue : StreamSignal.Update;
    }

    private ChatResponseUpdate Update(AIContent content) => Update([content]);

    private ChatResponseUpdate Update(List<AIContent> contents)
    {
        _delivered |= contents.Count > 0;
        return new ChatResponseUpdate(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model };
    }

    private CodecOpenBlock? Find(long? index) => CodecOpenBlock.Find(_open, index);

    private static StreamSignal Fail(string message, out AttemptFailure? failure)
    {
        failure = CodecJson.Malformed(message);
        return StreamSignal.Failed;
    }
}
