using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads one stream. Text and thoughts are handed on as they come; a call, a refusal and other items whole, when they are complete; usage and
/// the reason to have stopped with the last event.
/// </summary>
[Embedded]
internal sealed class OpenAIResponsesStream(ChatRequest request, ModelProfile model) : ChatStreamDecoder
{
    private readonly ChatRequest _request = request;
    private readonly ModelProfile _profile = model;
    private readonly OpenAIResponsesOutput _output = new(request, model);
    private (OpenAIResponsesItemState? Item, OpenAIPartType Part, long Index) _last; // what the last delta was of
    private string? _id;
    private string? _model;
    private string? _serviceTier;
    private DateTimeOffset? _created;
    private OpenAIUsage _usage;
    private bool _completed;

    public override bool IsFinished => _completed;

    public override UsageDetails? UsageSoFar => _usage.ToDetails(_profile);

    public override bool AllowsJoining => true;

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        data = OpenAIJson.WithoutMark(data.Trim(" \t\r\n"u8));
        if (_completed || data.IsEmpty || eventType.SequenceEqual("ping"u8)) return StreamSignal.Continue;
        try
        {
            // Not the API's own terminator, but that of servers which know the other dialect better.
            if (data.SequenceEqual("[DONE]"u8)) return Complete(new OpenAIResponsesFrame(), out update, out failure);
            OpenAIResponsesEvent read = OpenAIResponsesEvent.Read(eventType, data);
            return Take(read, data, out update, out failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            update = null;
            failure = OpenAIJson.Malformed(data, e); // InvalidOperationException: invalid UTF-8 inside a string.
            return StreamSignal.Failed;
        }
    }

    private StreamSignal Take(scoped in OpenAIResponsesEvent read, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (read.HasResponse) Note(read.Response);
        switch (read.Type)
        {
            case OpenAIEventType.Other or OpenAIEventType.Response: return StreamSignal.Continue;
            case OpenAIEventType.Progress: return StreamSignal.Progress;
            case OpenAIEventType.Error:
                failure = read.Error ?? OpenAIErrors.ReadWithout(data, "output");
                return StreamSignal.Failed;
            case OpenAIEventType.End:
                OpenAIResponsesFrame last = read.Response;
                last.Status ??= read.Status;
                return Complete(last, out update, out failure);
        }

        bool progress = TakePiece(read);
        if (_output.Take() is not { } contents) return progress ? StreamSignal.Progress : StreamSignal.Continue;
        update = CreateUpdate(contents);
        return StreamSignal.Update;
    }

    /// <summary>Takes a piece of the output.</summary>
    /// <returns>Whether it holds a piece of what is handed on whole.</returns>
    private bool TakePiece(scoped in OpenAIResponsesEvent read)
    {
        switch (read.Type)
        {
            case OpenAIEventType.TextDelta: Add(read, OpenAIItemType.Message, OpenAIPartType.Text); return false;
            case OpenAIEventType.SummaryDelta: Add(read, OpenAIItemType.Reasoning, OpenAIPartType.Summary); return false;
            case OpenAIEventType.ThoughtsDelta: Add(read, OpenAIItemType.Reasoning, OpenAIPartType.Thoughts); return false;
            case OpenAIEventType.RefusalDelta: Add(read, OpenAIItemType.Message, OpenAIPartType.Refusal); return true;
            case OpenAIEventType.TextDone: AddWhole(read, OpenAIItemType.Message, OpenAIPartType.Text); return false;
            case OpenAIEventType.SummaryDone: AddWhole(read, OpenAIItemType.Reasoning, OpenAIPartType.Summary); return false;
            case OpenAIEventType.ThoughtsDone: AddWhole(read, OpenAIItemType.Reasoning, OpenAIPartType.Thoughts); return false;
            case OpenAIEventType.RefusalDone: AddWhole(read, OpenAIItemType.Message, OpenAIPartType.Refusal); return true;
            case OpenAIEventType.ArgumentsDelta:
                if (read.Text is not null) _output.AddArguments(Find(read, OpenAIItemType.FunctionCall), read.Text);
                return true;
            case OpenAIEventType.ArgumentsDone:
                Find(read, OpenAIItemType.FunctionCall).SetArguments(read.Text);
                return true;
            case OpenAIEventType.ItemAdded when read.HasItem:
                _output.Start(read.ItemIndex, read.Item);
                return read.Item.Type is not OpenAIItemType.Message;
            case OpenAIEventType.ItemDone when read.HasItem:
                _output.Close(_output.Find(read.ItemIndex, read.Item.Id, read.Item.Type), read.Item);
                return true;
            case OpenAIEventType.Annotation when !read.Annotation.IsEmpty:
                var reader = new Utf8JsonReader(read.Annotation);
                _output.AddSource(ref reader);
                return false;
            case OpenAIEventType.PartDone or OpenAIEventType.SummaryPartDone when !read.Part.IsEmpty:
                ReadPart(read);
                return false;
            default: return false;
        }
    }

    private void ReadPart(scoped in OpenAIResponsesEvent read)
    {
        var reader = new Utf8JsonReader(read.Part);
        if (!CodecReader.EntersObject(ref reader)) return;
        bool isSummary = read.Type is OpenAIEventType.SummaryPartDone;
        bool isThoughts = isSummary || IsThoughts(read.Part);
        OpenAIResponsesItemState item = Find(read, isThoughts ? OpenAIItemType.Reasoning : OpenAIItemType.Message);
        _output.ReadPart(ref reader, item, isSummary ? OpenAIPartType.Summary : isThoughts ? OpenAIPartType.Thoughts : OpenAIPartType.Text, read.PartIndex);
    }

    private static bool IsThoughts(ReadOnlySpan<byte> part)
    {
        var reader = new Utf8JsonReader(part);
        if (!CodecReader.EntersObject(ref reader)) return false;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "type"u8)) return CodecReader.ReadString(ref reader) is "reasoning_text";
            CodecReader.SkipValue(ref reader);
        }

        return false;
    }

    private StreamSignal Complete(scoped in OpenAIResponsesFrame last, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = last.Problem;
        if (failure is not null) return StreamSignal.Failed;
        _output.AddAll(last.Output);
        _output.EndAll();
        ChatFinishReason reason = last.FinishReasonWith(_output.HasCalls);
        if (!_output.HasContent && reason == ChatFinishReason.ContentFilter) failure = OpenAIAnswers.Filtered();
        else if (!_output.HasContent && last.Status is null) failure = CodecJson.Malformed("The stream ended without an answer.");
        if (failure is not null) return StreamSignal.Failed;

        _completed = true;
        List<AIContent> contents = _output.Take() ?? [];
        if (UsageSoFar is { } usage) contents.Add(new UsageContent(usage));
        update = CreateUpdate(contents);
        update.FinishReason = reason;
        update.AdditionalProperties = OpenAIAnswers.Describe(null, _serviceTier);
        return StreamSignal.Completed;
    }

    private void Note(scoped in OpenAIResponsesFrame response)
    {
        _id = response.Id ?? _id;
        _model = response.Model ?? _model;
        _created = response.Created ?? _created;
        _serviceTier = response.ServiceTier ?? _serviceTier;
        if (response.Usage.IsReported) _usage = response.Usage;
    }

    public override void NoteJoined(string text) => _last.Item?.Add(_last.Part, _last.Index, text);

    private void Add(scoped in OpenAIResponsesEvent read, OpenAIItemType item, OpenAIPartType part)
    {
        _last = (Find(read, item), part, read.PartIndex);
        _output.Add(_last.Item!, part, read.PartIndex, read.Text);
    }

    private void AddWhole(scoped in OpenAIResponsesEvent read, OpenAIItemType item, OpenAIPartType part) => _output.AddWhole(Find(read, item), part, read.PartIndex, read.Text);

    private OpenAIResponsesItemState Find(scoped in OpenAIResponsesEvent read, OpenAIItemType type) => _output.Find(read.ItemIndex, read.ItemId, type);

    private ChatResponseUpdate CreateUpdate(List<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model,
        CreatedAt = _created,
        ConversationId = OpenAIConversation.IdAfter(_request.Options, _id),
    };
}
