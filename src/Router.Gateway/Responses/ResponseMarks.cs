using System.Buffers;
using System.Text.Json;
using RouterGen.Gateway.Dialects.OpenAIResponses;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Responses;

/// <summary>Says in an answer that a provider wrote where it is kept: the two members of a response that tell it are the gateway's, all others stay as they are.</summary>
internal static class ResponseMarks
{
    // An answer repeats what was asked, and an event has it a level deeper.
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 2 * RequestJson.MaxDepth };

    /// <summary>Returns a response with what it says of where it is kept.</summary>
    /// <param name="response">The object of the response.</param>
    /// <param name="keeping">Where it is kept.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static byte[] Mark(ReadOnlySpan<byte> response, ResponseKeeping keeping)
    {
        byte[] store = keeping.IsKept ? [.. "true"u8] : [.. "false"u8];
        byte[] previous = keeping.PreviousId is { } id ? [(byte)'"', .. JsonEncodedText.Encode(id, EventText.Json.Encoder).EncodedUtf8Bytes, (byte)'"'] : [.. "null"u8];
        var output = new ArrayBufferWriter<byte>(response.Length + previous.Length + 64);
        var reader = new Utf8JsonReader(response, Reading);
        reader.Read();
        int copied = 0;
        bool hasStore = false, hasPrevious = false, isEmpty = true;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool isStore = reader.ValueTextEquals("store"u8), isPrevious = reader.ValueTextEquals("previous_response_id"u8);
            hasStore |= isStore;
            hasPrevious |= isPrevious;
            isEmpty = false;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isStore && !isPrevious) continue;
            output.Write(response[copied..start]);
            output.Write(isStore ? store : previous);
            copied = (int)reader.BytesConsumed;
        }

        int end = (int)reader.TokenStartIndex;
        output.Write(response[copied..end]);
        if (!hasStore) Add("\"store\":"u8, store);
        if (!hasPrevious) Add("\"previous_response_id\":"u8, previous);
        output.Write(response[end..]);
        return output.WrittenSpan.ToArray();

        void Add(ReadOnlySpan<byte> name, byte[] value)
        {
            if (!isEmpty) output.Write(","u8);
            isEmpty = false;
            output.Write(name);
            output.Write(value);
        }
    }

    /// <summary>Returns events with what the responses in them say of where they are kept.</summary>
    /// <param name="events">Whole events.</param>
    /// <param name="keeping">Where it is kept.</param>
    /// <param name="finished">The response that is finished with these events; empty where none is.</param>
    public static ReadOnlyMemory<byte> MarkEvents(ReadOnlyMemory<byte> events, ResponseKeeping keeping, out ReadOnlyMemory<byte> finished)
    {
        finished = default;
        ReadOnlySpan<byte> rest = events.Span;
        if (rest.IndexOf("\"response\""u8) < 0) return events; // as most events are: pieces of a text
        var output = new ArrayBufferWriter<byte>(rest.Length + 128);
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf("\n\n"u8);
            ReadOnlySpan<byte> block = end < 0 ? rest : rest[..(end + 2)];
            rest = rest[block.Length..];
            if (!TryMark(block, keeping, output, ref finished)) output.Write(block);
        }

        return output.WrittenMemory;
    }

    private static bool TryMark(ReadOnlySpan<byte> block, ResponseKeeping keeping, ArrayBufferWriter<byte> output, ref ReadOnlyMemory<byte> finished)
    {
        if (block.IndexOf("\"response\""u8) < 0) return false;
        byte[] data = DataOf(block);
        if (!TryFind(data, out int start, out int end, out bool isEnd)) return false;
        byte[] marked = Mark(data.AsSpan(start..end), keeping);
        if (isEnd) finished = marked;
        foreach (Range range in block.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = block[range];
            if (line.IsEmpty || line.StartsWith("data:"u8)) continue;
            output.Write(line);
            output.Write("\n"u8);
        }

        WriteLines(output, [.. data.AsSpan(0, start), .. marked, .. data.AsSpan(end)]);
        return true;
    }

    private static void WriteLines(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        foreach (Range range in data.Split((byte)'\n'))
        {
            output.Write("data: "u8);
            output.Write(data[range]);
            output.Write("\n"u8);
        }

        output.Write("\n"u8);
    }

    private static byte[] DataOf(ReadOnlySpan<byte> block)
    {
        var data = new ArrayBufferWriter<byte>(block.Length);
        foreach (Range range in block.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = block[range];
            if (!line.StartsWith("data:"u8)) continue;
            if (data.WrittenCount > 0) data.Write("\n"u8);
            data.Write(line.StartsWith("data: "u8) ? line["data: ".Length..] : line["data:".Length..]);
        }

        return data.WrittenSpan.ToArray();
    }

    /// <summary>Finds the response within the data of an event; false where it has none.</summary>
    private static bool TryFind(byte[] data, out int start, out int end, out bool isEnd)
    {
        (start, end, isEnd) = (0, 0, false);
        try
        {
            var reader = new Utf8JsonReader(data, Reading);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals("type"u8), isResponse = reader.ValueTextEquals("response"u8);
                reader.Read();
                if (isType && reader.TokenType is JsonTokenType.String) isEnd = reader.ValueTextEquals("response.completed"u8) || reader.ValueTextEquals("response.incomplete"u8);
                int from = (int)reader.TokenStartIndex;
                bool isObject = reader.TokenType is JsonTokenType.StartObject;
                reader.Skip();
                if (isResponse && isObject) (start, end) = (from, (int)reader.BytesConsumed);
            }

            return end > start;
        }
        catch (JsonException)
        {
            return false; // The router has judged it already, as far as it must know it.
        }
    }
}
