using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads a streamed answer. Text and reasoning are handed on as they come; tool calls and a refusal whole, when the model has
/// stopped; usage once, at the terminator, because some servers repeat it in each chunk and only the last one counts.
/// </summary>
[Embedded]
internal sealed class OpenAIChatStream(ChatRequest request, ModelProfile model) : ChatStreamDecoder
{
    private readonly ChatRequest _request = request;
    private readonly ModelProfile _profile = model;
    private readonly OpenAIStateReader _state = new(model);
    private string? _id;
    private string? _model;
    private DateTimeOffset? _created;
    private OpenAIUsage _usage;
    private bool _usageDelivered;
    private ChatFinishReason? _finishReason;
    private OpenAIContent _content;
    private string? _fingerprint;
    private string? _serviceTier;
    private OpenAIToolCalls? _calls;
    private StringBuilder? _refusal;
    private bool _delivered;
    private bool _isWhole; // a message has come instead of a delta

    public override bool IsFinished => _finishReason is not null || _isWhole;

    public override UsageDetails? UsageSoFar => _usage.ToDetails(_profile);

    public override bool AllowsJoining => true; // What text changes in here, the first delta has changed.

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        data = data.Trim(" \t\r\n"u8);
        if (data.IsEmpty || eventType.SequenceEqual("ping"u8)) return StreamSignal.Continue;
        try
        {
            return data.SequenceEqual("[DONE]"u8)
                ? Complete(out update, out failure)
                : ReadChunk(eventType, data, out update, out failure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            update = null;
            failure = OpenAIJson.Malformed(data, e); // InvalidOperationException: invalid UTF-8 inside a string.
            return StreamSignal.Failed;
        }
    }

    public override StreamSignal End(out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        try
        {
            return Complete(out update, out failure);
        }
        catch (JsonException e)
        {
            update = null;
            failure = CodecJson.Malformed("The answer cannot be read: " + e.Message); // a call without a name
            return StreamSignal.Failed;
        }
    }

    private StreamSignal Complete(out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        List<AIContent>? contents = null;
        TakePending(ref contents, isEnd: true);
        if (!_delivered && !IsFinished)
        {
            failure = CodecJson.Malformed("The stream ended without an answer.");
            return StreamSignal.Failed;
        }

        if (!_usageDelivered && UsageSoFar is { } usage) (contents ??= []).Add(new UsageContent(usage));
        _usageDelivered = true;
        AdditionalPropertiesDictionary? more = OpenAIAnswers.Describe(_fingerprint, _serviceTier);
        if (contents is null && more is null) return StreamSignal.Completed;
        update = CreateUpdate(contents);
        update.AdditionalProperties = more;
        return StreamSignal.Completed;
    }

    private StreamSignal ReadChunk(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        var chunk = new Chunk();
        Utf8JsonReader reader = OpenAIJson.Open(data);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("event", ref reader);
        while (OpenAIJson.NextMember(ref reader)) ReadChunkMember(ref reader, ref chunk);
        reader.Read(); // Throws on anything that follows.

        failure = chunk.Error;
        if (failure is null && eventType.SequenceEqual("error"u8)) failure = OpenAIErrors.ReadWithout(data, "choices");
        failure ??= OpenAIJson.FailureOf(chunk.FinishReason);
        if (failure is not null) return StreamSignal.Failed;

        if (chunk.IsPartial && _calls?.TakePiece() is { } piece) (chunk.Contents ??= []).Add(piece);
        bool finished = chunk.FinishReason is not null && chunk.FinishReason != _finishReason;
        if (finished)
        {
            _finishReason = chunk.FinishReason;
            TakePending(ref chunk.Contents, isEnd: false);
        }

        if (chunk.Contents is not null) _delivered = true;
        if (finished && !_delivered && _finishReason == ChatFinishReason.ContentFilter)
        {
            failure = OpenAIAnswers.Filtered();
            return StreamSignal.Failed;
        }

        if (chunk.Contents is null && !finished) return chunk.IsPartial ? StreamSignal.Progress : StreamSignal.Continue;
        update = CreateUpdate(chunk.Contents);
        if (finished) update.FinishReason = _finishReason;
        return StreamSignal.Update;
    }

    private void ReadChunkMember(ref Utf8JsonReader reader, ref Chunk chunk)
    {
        if (OpenAIJson.Is(ref reader, "choices"u8))
        {
            ReadChoices(ref reader, ref chunk);
        }
        else if (OpenAIJson.Is(ref reader, "id"u8))
        {
            _id = OpenAIJson.ReadRepeatedString(ref reader, _id);
        }
        else if (OpenAIJson.Is(ref reader, "model"u8))
        {
            _model = OpenAIJson.ReadRepeatedString(ref reader, _model);
        }
        else if (OpenAIJson.Is(ref reader, "created"u8))
        {
            _created = OpenAIJson.ReadTime(ref reader) ?? _created;
        }
        else if (OpenAIJson.Is(ref reader, "usage"u8))
        {
            _usage.Read(ref reader);
        }
        else if (OpenAIJson.Is(ref reader, "system_fingerprint"u8))
        {
            _fingerprint = OpenAIJson.ReadRepeatedString(ref reader, _fingerprint);
        }
        else if (OpenAIJson.Is(ref reader, "service_tier"u8))
        {
            _serviceTier = OpenAIJson.ReadRepeatedString(ref reader, _serviceTier);
        }
        else if (OpenAIJson.Is(ref reader, "x_groq"u8))
        {
            if (!CodecReader.EntersObject(ref reader)) return;
            while (OpenAIJson.NextMember(ref reader))
            {
                if (OpenAIJson.Is(ref reader, "usage"u8))
                {
                    _usage.Read(ref reader);
                }
                else if (OpenAIJson.Is(ref reader, "error"u8))
                {
                    chunk.Error ??= OpenAIErrors.ReadMember(ref reader);
                }
                else
                {
                    CodecReader.SkipValue(ref reader);
                }
            }
        }
        else if (OpenAIJson.Is(ref reader, "error"u8))
        {
            chunk.Error ??= OpenAIErrors.ReadMember(ref reader);
        }
        else if (!_content.TryRead(ref reader, ref chunk.IsPartial))
        {
            CodecReader.SkipValue(ref reader);
        }
    }

    private void ReadChoices(ref Utf8JsonReader reader, ref Chunk chunk)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return;
        if (reader.TokenType is not JsonTokenType.StartArray) throw OpenAIJson.Unexpected("choices", ref reader);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("choices[]", ref reader);
            ReadChoice(ref reader, ref chunk);
        }
    }

    private void ReadChoice(ref Utf8JsonReader reader, ref Chunk chunk)
    {
        // A delta that comes before its index is read at the choice's end, once it is certain whose it is.
        long? index = null;
        Utf8JsonReader delta = default;
        bool hasDelta = false;
        bool isWhole = false; // a message, not a delta: some servers answer whole where a stream was asked for
        ChatFinishReason? finishReason = null;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "index"u8))
            {
                index = OpenAIJson.ReadInt64(ref reader);
            }
            else if (index is 0 && OpenAIJson.Is(ref reader, "delta"u8))
            {
                ReadDelta(ref reader, ref chunk);
            }
            else if (OpenAIJson.Is(ref reader, "delta"u8) || OpenAIJson.Is(ref reader, "message"u8))
            {
                isWhole |= OpenAIJson.Is(ref reader, "message"u8);
                delta = reader;
                hasDelta = true;
                CodecReader.SkipValue(ref reader);
                isWhole &= reader.TokenType is JsonTokenType.EndObject;
            }
            else if (OpenAIJson.Is(ref reader, "finish_reason"u8))
            {
                finishReason = OpenAIJson.ReadFinishReason(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "usage"u8))
            {
                _usage.Read(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "error"u8))
            {
                chunk.Error ??= OpenAIErrors.ReadMember(ref reader);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }

        if (index is not (null or 0)) return;
        chunk.FinishReason = finishReason ?? chunk.FinishReason;
        if (hasDelta) ReadDelta(ref delta, ref chunk);
        _isWhole |= isWhole && (chunk.Contents is not null || _calls is not null || _refusal is not null);
    }

    private void ReadDelta(ref Utf8JsonReader reader, ref Chunk chunk)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return;
        if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("delta", ref reader);
        string? text = null;
        string? reasoning = null;
        string? refusal = null;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "content"u8))
            {
                text = _content.ReadText(ref reader, ref reasoning, ref refusal);
            }
            else if (OpenAIJson.Is(ref reader, "tool_calls"u8))
            {
                (_calls ??= new OpenAIToolCalls(_request, _profile)).Read(ref reader, whole: false);
                chunk.IsPartial = true;
            }
            else if (OpenAIJson.Is(ref reader, "function_call"u8))
            {
                chunk.IsPartial |= (_calls ??= new OpenAIToolCalls(_request, _profile)).ReadFunctionCall(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "reasoning_content"u8) || OpenAIJson.Is(ref reader, "reasoning"u8))
            {
                // One thing under two names; a server that sends both sends the same twice.
                OpenAIStateForm form = OpenAIJson.Is(ref reader, "reasoning"u8) ? OpenAIState.Reasoning : OpenAIState.ReasoningContent;
                reasoning = CodecReader.ReadString(ref reader) ?? reasoning;
                if (!string.IsNullOrEmpty(reasoning)) _state.NoteThoughts(form);
            }
            else if (OpenAIJson.Is(ref reader, "refusal"u8))
            {
                refusal = CodecReader.ReadString(ref reader) ?? refusal;
            }
            else if (_state.TryRead(ref reader))
            {
                chunk.IsPartial = true;
            }
            else if (!_content.TryRead(ref reader, ref chunk.IsPartial))
            {
                CodecReader.SkipValue(ref reader);
            }
        }

        if (!string.IsNullOrEmpty(refusal))
        {
            (_refusal ??= new StringBuilder()).Append(refusal);
            chunk.IsPartial = true;
        }

        if (!string.IsNullOrEmpty(reasoning))
        {
            _state.NoteThoughts();
            Add(ref chunk.Contents, new TextReasoningContent(reasoning));
        }

        if (!string.IsNullOrEmpty(text))
        {
            if (_state.EndThoughts() is { } stamp) Add(ref chunk.Contents, new TextReasoningContent("") { ProtectedData = stamp });
            Add(ref chunk.Contents, new TextContent(text));
        }

        _content.Media?.MoveTo(ref chunk.Contents, isEnd: false);
    }

    /// <summary>Hands over what was collected until the model stopped. Of calls that are not whole then, the rest may still come.</summary>
    private void TakePending(ref List<AIContent>? contents, bool isEnd)
    {
        if (_refusal is not null) Add(ref contents, OpenAIAnswers.Refusal(_refusal.ToString()));
        _refusal = null;
        bool saysSomething = _delivered || contents is not null || _calls is { IsEmpty: false };
        if (saysSomething && _state.HasMore) _state.MoveTo(contents ??= []); // State of an answer without anything in it is no answer.
        if (_calls is { IsEmpty: false } && (isEnd || _calls.IsWhole)) _calls.MoveTo(contents ??= []);
        _content.Media?.MoveTo(ref contents, isEnd: true);
        if (_content.Sources?.Take() is { } sources) Add(ref contents, new TextContent("") { Annotations = sources });
        if (contents is not null) _delivered = true;
    }

    private static void Add(ref List<AIContent>? contents, AIContent content) => (contents ??= new List<AIContent>(1)).Add(content);

    private ChatResponseUpdate CreateUpdate(List<AIContent>? contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model,
        CreatedAt = _created,
    };

    private struct Chunk
    {
        public List<AIContent>? Contents;
        public ChatFinishReason? FinishReason;
        public AttemptFailure? Error;
        public bool IsPartial; // holds a piece of what is handed on whole, when the model has stopped
    }
}
