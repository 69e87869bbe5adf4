using System;
using System.Buffers;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Blocks that no content stands for, such as what the provider's own tools were asked and answered (<c>server_tool_use</c>,
/// <c>web_search_tool_result</c>), and what the API adds one day. They reach the caller as they came: a bare <see cref="AIContent"/> with the
/// block in its <see cref="AIContent.AdditionalProperties"/>, which survives serialization.
/// </summary>
[Embedded]
internal static class AnthropicOtherBlock
{
    /// <summary>The property that holds the block, a <see cref="JsonElement"/>.</summary>
    public const string Property = "anthropic.block";

    /// <summary>The content for a block.</summary>
    /// <param name="block">The block as JSON, an object.</param>
    /// <param name="input">Its input, where that was streamed apart; else empty.</param>
    public static AIContent ToContent(ReadOnlySpan<byte> block, ReadOnlySpan<byte> input = default)
    {
        JsonElement whole = Parse(block);
        if (!input.IsEmpty && TryParse(input, out JsonElement given)) whole = WithInput(whole, given);
        return CodecHostedBlocks.ToContent(Property, whole);
    }

    private static JsonElement WithInput(JsonElement block, JsonElement input)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (JsonProperty member in block.EnumerateObject())
            {
                if (!member.NameEquals("input"u8)) member.WriteTo(json);
            }

            json.WritePropertyName("input"u8);
            input.WriteTo(json);
            json.WriteEndObject();
        }

        return Parse(buffer.WrittenSpan);
    }

    private static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement value)
    {
        value = default;
        try
        {
            value = Parse(utf8);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        return JsonElement.ParseValue(ref reader);
    }
}
