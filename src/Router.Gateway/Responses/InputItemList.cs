using System.Globalization;
using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Responses;

/// <summary>The items that a response answers, as a list with pages: https://platform.openai.com/docs/api-reference/responses/input-items.</summary>
internal sealed class InputItemList
{
    private readonly List<(string Id, JsonElement Item)> _items = [];
    private bool _hasMore;

    /// <summary>Lists the items of a conversation.</summary>
    /// <param name="responses">Its responses, the first of it first. The output of the last is no part of what it answers.</param>
    public InputItemList(StoredResponse[] responses)
    {
        for (int i = 0; i < responses.Length; i++)
        {
            Add(RequestJson.Parse(responses[i].Input.Span), responses[i].Id);
            if (i < responses.Length - 1) Add(RequestJson.Parse(responses[i].Response.Span).Get("output"u8), responses[i].Id);
        }
    }

    /// <summary>Keeps one page.</summary>
    /// <param name="isAscending">Whether the first item of the conversation is first.</param>
    /// <param name="after">The id of the item before the page; null for the first page.</param>
    /// <param name="limit">The most items.</param>
    /// <returns>False where there is no item of that id.</returns>
    public bool TryPage(bool isAscending, string? after, int limit)
    {
        if (!isAscending) _items.Reverse();
        int start = after is null ? 0 : _items.FindIndex(item => item.Id == after) + 1;
        if (after is not null && start == 0) return false;
        _hasMore = _items.Count - start > limit;
        _items.RemoveRange(0, start);
        if (_hasMore) _items.RemoveRange(limit, _items.Count - limit);
        return true;
    }

    /// <summary>Writes the page.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach ((string id, JsonElement item) in _items) WriteItem(json, id, item);
        json.WriteEndArray();
        json.WriteString("first_id"u8, _items.Count == 0 ? null : _items[0].Id);
        json.WriteString("last_id"u8, _items.Count == 0 ? null : _items[^1].Id);
        json.WriteBoolean("has_more"u8, _hasMore);
        json.WriteEndObject();
    }

    // Clients give items no ids, mostly: one that has none gets one of its place, which is the same each time.
    private void Add(JsonElement items, string response)
    {
        if (items.ValueKind is not JsonValueKind.Array) return;
        int place = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            if (item.ValueKind is JsonValueKind.Object) _items.Add((item.Text("id"u8) ?? string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(item)}_{response}_in{place}"), item));
            place++;
        }
    }

    private static string PrefixOf(JsonElement item) => item.Text("type"u8) switch
    {
        null or "message" => "msg",
        "reasoning" => "rs",
        "function_call" => "fc",
        "function_call_output" => "fco",
        "custom_tool_call" => "ctc",
        "custom_tool_call_output" => "ctco",
        _ => "item",
    };

    private static void WriteItem(Utf8JsonWriter json, string id, JsonElement item)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        if (item.Text("type"u8) is null) json.WriteString("type"u8, "message"u8);
        foreach (JsonProperty member in item.EnumerateObject())
        {
            if (member.NameEquals("id"u8)) continue;
            if (member.NameEquals("content"u8) && member.Value.ValueKind is JsonValueKind.String) WriteText(json, item.Text("role"u8) is "assistant" ? "output_text"u8 : "input_text"u8, member.Value);
            else member.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> type, JsonElement text)
    {
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WritePropertyName("text"u8);
        text.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
