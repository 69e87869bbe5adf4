using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Responses;

/// <summary>
/// Writes items of a conversation for a provider that keeps none of them. What refers to what another provider keeps is left out: ids, and thoughts that only the model that had them can
/// read, unless it is the one that is asked (https://platform.openai.com/docs/guides/reasoning: encrypted reasoning items).
/// </summary>
internal sealed class ConversationItems
{
    // What a codec stamps with the model that made it: codecs of other models leave it out.
    private const string Stamp = "rg1 ";

    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private bool _hasItems;

    public ConversationItems() => _output.Write("["u8);

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="returnsThoughts">Whether thoughts that no codec stamped go to the model that had them.</param>
    public void Add(JsonElement item, bool returnsThoughts)
    {
        string? type = item.Text("type"u8);
        if (type is "reasoning" && !IsReadable(item, returnsThoughts)) return;
        if (_hasItems) _output.Write(","u8);
        _hasItems = true;
        if (HasForeignId(item, type)) WriteWithoutId(item);
        else _output.Write(JsonMarshal.GetRawUtf8Value(item));
    }

    /// <summary>Adds all items of an array.</summary>
    /// <inheritdoc cref="Add"/>
    public void AddAll(JsonElement items, bool returnsThoughts)
    {
        if (items.ValueKind is not JsonValueKind.Array) return;
        foreach (JsonElement item in items.EnumerateArray()) Add(item, returnsThoughts);
    }

    /// <summary>Returns the array.</summary>
    public ReadOnlyMemory<byte> End()
    {
        _output.Write("]"u8);
        return _output.WrittenMemory;
    }

    // Without what is encrypted, or a text, an item of thoughts is no more than an id.
    private static bool IsReadable(JsonElement item, bool returnsThoughts) => item.Text("encrypted_content"u8) is { Length: > 0 } encrypted
        ? returnsThoughts || encrypted.StartsWith(Stamp, StringComparison.Ordinal)
        : returnsThoughts && item.Items("content"u8).Any();

    // Of these an API wants no id; of what its own tools did, and of thoughts, it does.
    private static bool HasForeignId(JsonElement item, string? type) =>
        type is null or "message" or "function_call" or "function_call_output" or "custom_tool_call" or "custom_tool_call_output" && item.ValueKind is JsonValueKind.Object && item.TryGetProperty("id"u8, out _);

    private void WriteWithoutId(JsonElement item)
    {
        using var json = new Utf8JsonWriter(_output, EventText.Json);
        json.WriteStartObject();
        foreach (JsonProperty member in item.EnumerateObject())
        {
            if (member.NameEquals("id"u8)) continue;
            json.WritePropertyName(member.Name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}
