using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Assembles tool calls, from a whole answer or from the parts of a stream. Servers number and name the parts in many ways;
/// <see cref="OpenAIToolCallMatch"/> says which call a part belongs to.
/// </summary>
/// <param name="request">What was asked for: its tools tell where a name ends.</param>
/// <param name="model">The model that answers.</param>
[Embedded]
internal sealed class OpenAIToolCalls(ChatRequest request, ModelProfile model)
{
    private readonly OpenAIToolNames _tools = new(request);
    private readonly List<OpenAIToolCall> _calls = [];
    private readonly ArrayBufferWriter<byte> _piece = new(); // the arguments of the part that is being read
    private OpenAIToolCall? _functionCall; // the older form of a call, which some servers send beside the newer one
    private int _list; // how many lists of parts have been read
    private int _told; // how many bytes of the arguments that are the answer have been handed on
    private bool _isWhole; // read from a whole answer, which has no parts

    /// <summary>Gets whether there is no call that has not been handed over.</summary>
    public bool IsEmpty => !Has(static call => !call.IsDelivered);

    /// <summary>Gets whether each call is whole as it stands.</summary>
    public bool IsWhole => !Has(static call => !call.IsDelivered && !call.IsWhole);

    /// <summary>Steps to a member's value, the list of calls or of parts of calls.</summary>
    public void Read(ref Utf8JsonReader reader, bool whole)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return;
        _list++;
        _isWhole = whole;
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            ReadPart(ref reader); // one call without its list
            return;
        }

        if (reader.TokenType is not JsonTokenType.StartArray) throw OpenAIJson.Unexpected("tool_calls", ref reader);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("tool_calls[]", ref reader);
            ReadPart(ref reader);
        }
    }

    /// <summary>Steps to a member's value, the older form: one call, without index and id.</summary>
    /// <returns>False where there is none.</returns>
    public bool ReadFunctionCall(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return false;
        string? name = ReadFunction(ref reader);
        if (string.IsNullOrEmpty(name) && _piece.WrittenCount == 0) return false;
        _functionCall ??= new OpenAIToolCall(null, _list);
        _functionCall.Add(name, _piece.WrittenSpan, _tools);
        return true;
    }

    /// <summary>Hands over what has come of the arguments that are the answer since the last time; null where nothing has, or they are none.</summary>
    public AIContent? TakePiece()
    {
        if (request.AnswerTool is not { } tool) return null;
        OpenAIToolCall? call = _calls.Find(call => call.Name is not null && CodecNames.FromWire(call.Name, request.Options) == tool);
        if (call is null || call.IsDelivered || call.Arguments.Length <= _told) return null;
        string piece = Encoding.UTF8.GetString(call.Arguments[_told..]);
        _told = call.Arguments.Length;
        return request.AnswerPiece(tool, piece);
    }

    /// <summary>Hands over the calls as they are now. A part that repeats one of them adds nothing from then on.</summary>
    /// <exception cref="JsonException">A call names no function.</exception>
    public void MoveTo(List<AIContent> contents)
    {
        JoinNameless();
        if (_functionCall is not null && _calls.Count == 0) _calls.Add(_functionCall);
        _functionCall = null;
        for (int i = 0; i < _calls.Count; i++)
        {
            if (_calls[i].IsDelivered) continue;
            contents.Add(_calls[i].ToContent(HasId(_calls[i].Id, i), request.Options, model));
        }
    }

    private void ReadPart(ref Utf8JsonReader reader)
    {
        // The members may come in any order, and which call this belongs to is known only at the end.
        long? index = null;
        string? id = null;
        string? name = null;
        string? extra = null;
        _piece.ResetWrittenCount();
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "index"u8)) index = ReadIndex(ref reader);
            else if (OpenAIJson.Is(ref reader, "id"u8)) id = CodecReader.ReadString(ref reader) is { Length: > 0 } given ? given : null;
            else if (OpenAIJson.Is(ref reader, "extra_content"u8)) extra = OpenAIStateReader.ReadObject(ref reader);
            else if (!OpenAIJson.Is(ref reader, "function"u8)) CodecReader.SkipValue(ref reader);
            else if (CodecReader.EntersObject(ref reader)) name = ReadFunction(ref reader);
        }

        OpenAIToolCall? call = _isWhole ? null : OpenAIToolCallMatch.Find(_calls, new OpenAIToolCallPart(index, id, name, _list), _piece.WrittenSpan, _tools);
        if (call is null)
        {
            call = new OpenAIToolCall(index, _list);
            _calls.Add(call);
        }

        call.Id ??= id;
        call.Extra = extra ?? call.Extra;
        call.Add(name, _piece.WrittenSpan, _tools);
    }

    /// <summary>Reads the function that the reader stands in: its arguments become the piece.</summary>
    /// <returns>The name; null where there is none.</returns>
    private string? ReadFunction(ref Utf8JsonReader reader)
    {
        string? name = null;
        _piece.ResetWrittenCount();
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "name"u8)) name = CodecReader.ReadString(ref reader) is { Length: > 0 } given ? given : null;
            else if (OpenAIJson.Is(ref reader, "arguments"u8)) ReadArguments(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return name;
    }

    private void ReadArguments(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                int length = reader.ValueSpan.Length;
                if (length > 0) _piece.Advance(reader.CopyString(_piece.GetSpan(length)));
                break;
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject:
                // Not what the API says, but some servers send the object itself.
                using (JsonDocument document = JsonDocument.ParseValue(ref reader)) _piece.Write(Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
                break;
            default:
                throw OpenAIJson.Unexpected("arguments", ref reader);
        }
    }

    /// <summary>Steps to a member's value: a number, which some servers write as a string.</summary>
    private static long? ReadIndex(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out long number)) return number;
        if (reader.TokenType is JsonTokenType.String) return long.TryParse(reader.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out number) ? number : null;
        reader.Skip();
        return null;
    }

    /// <summary>Parts that have neither name nor id, and an index of their own, are the rest of the call before them: some servers count each part.</summary>
    private void JoinNameless()
    {
        for (int i = 1; i < _calls.Count && !_isWhole; i++)
        {
            if (_calls[i] is not { Name: null, Id: null } || _calls[i - 1].HasWholeArguments) continue;
            _calls[i - 1].Append(_calls[i].Arguments);
            _calls.RemoveAt(i--);
        }
    }

    private bool HasId(string? id, int before)
    {
        for (int i = 0; i < before; i++)
        {
            if (_calls[i].Id == id) return true;
        }

        return false;
    }

    private bool Has(Predicate<OpenAIToolCall> condition) => _calls.Exists(condition) || (_functionCall is not null && _calls.Count == 0 && condition(_functionCall));
}
