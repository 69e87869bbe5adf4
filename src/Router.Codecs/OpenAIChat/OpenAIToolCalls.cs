using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Assembles tool calls, from a whole answer or from the deltas of a stream, which may split them anywhere.</summary>
[Embedded]
internal sealed class OpenAIToolCalls
{
    private readonly List<Call> _calls = [];

    public bool IsEmpty => _calls.Count == 0;

    /// <summary>Steps to a member's value, the list of calls or of parts of calls.</summary>
    public void Read(ref Utf8JsonReader reader, bool whole)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return;
        if (reader.TokenType is not JsonTokenType.StartArray) throw OpenAIJson.Unexpected("tool_calls", ref reader);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("tool_calls[]", ref reader);
            ReadCall(ref reader, whole);
        }
    }

    /// <summary>Hands over the calls as they are now, and forgets them.</summary>
    public void MoveTo(List<AIContent> contents)
    {
        foreach (Call call in _calls) contents.Add(call.ToContent());
        _calls.Clear();
    }

    private void ReadCall(ref Utf8JsonReader reader, bool whole)
    {
        // The members may come in any order, and which call this belongs to is known only at the end.
        long? index = null;
        string? id = null;
        Utf8JsonReader function = default;
        bool hasFunction = false;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "index"u8))
            {
                index = OpenAIJson.ReadInt64(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "id"u8))
            {
                id = CodecReader.ReadString(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "function"u8))
            {
                function = reader;
                hasFunction = true;
                CodecReader.SkipValue(ref reader);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }

        Call call = whole ? Start(index) : Find(index, id);
        if (!string.IsNullOrEmpty(id)) call.Id = id;
        if (hasFunction && CodecReader.EntersObject(ref function)) ReadFunction(ref function, call);
    }

    /// <summary>
    /// The call that a part belongs to. Some servers send no index, and some send 0 for each call: an id that is not the
    /// call's own starts another.
    /// </summary>
    private Call Find(long? index, string? id)
    {
        for (int i = _calls.Count - 1; i >= 0; i--)
        {
            Call call = _calls[i];
            if (index is null || call.Index == index)
            {
                bool another = !string.IsNullOrEmpty(id) && call.Id is not null && call.Id != id;
                return another ? Start(index) : call;
            }
        }

        return Start(index);
    }

    private Call Start(long? index)
    {
        var call = new Call { Index = index };
        _calls.Add(call);
        return call;
    }

    private static void ReadFunction(ref Utf8JsonReader reader, Call call)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "name"u8))
            {
                string? name = CodecReader.ReadString(ref reader);
                // Some servers repeat the whole name with each part.
                if (call.Name != name) call.Name += name;
            }
            else if (OpenAIJson.Is(ref reader, "arguments"u8))
            {
                ReadArguments(ref reader, call);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }
    }

    private static void ReadArguments(ref Utf8JsonReader reader, Call call)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                int length = reader.ValueSpan.Length;
                if (length > 0) call.Arguments.Advance(reader.CopyString(call.Arguments.GetSpan(length)));
                break;
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject:
                // Not what the API says, but some servers send the object itself.
                using (JsonDocument document = JsonDocument.ParseValue(ref reader))
                {
                    call.Arguments.Write(Encoding.UTF8.GetBytes(document.RootElement.GetRawText()));
                }

                break;
            default:
                throw OpenAIJson.Unexpected("arguments", ref reader);
        }
    }

    private sealed class Call
    {
        public long? Index;
        public string? Id;
        public string? Name;
        public readonly ArrayBufferWriter<byte> Arguments = new();

        public FunctionCallContent ToContent()
        {
            if (string.IsNullOrEmpty(Name)) throw new JsonException("A tool call names no function.");

            // Results refer to calls by their id, so one is needed where a server gives none.
            string id = Id ?? "call_" + Guid.NewGuid().ToString("N");
            return CodecJson.TryReadArguments(Arguments.WrittenSpan, out Dictionary<string, object?>? arguments)
                ? new FunctionCallContent(id, Name, arguments)
                : new FunctionCallContent(id, Name) { Exception = new JsonException($"The model's arguments for '{Name}' are no JSON object.") };
        }
    }
}
