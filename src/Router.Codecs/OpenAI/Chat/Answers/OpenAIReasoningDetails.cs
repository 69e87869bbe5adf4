using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// <c>reasoning_details</c> as OpenRouter sends them: a list of objects, which a stream brings in fragments. Those of one
/// <c>index</c>, <c>type</c> and <c>id</c> are one object: its texts are joined, and of anything else the last value holds.
/// </summary>
/// <remarks>https://openrouter.ai/docs/use-cases/reasoning-tokens: the list goes back complete and in its order.</remarks>
[Embedded]
internal sealed class OpenAIReasoningDetails
{
    private readonly List<ReasoningDetail> _details = [];

    /// <summary>Gets whether nothing has come.</summary>
    public bool IsEmpty => _details.Count == 0;

    /// <summary>Reads the list that the reader stands in.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            using JsonDocument fragment = JsonDocument.ParseValue(ref reader);
            Take(fragment.RootElement);
        }
    }

    /// <summary>Returns the list as JSON; null where it is empty.</summary>
    public string? ToJson()
    {
        if (_details.Count == 0) return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (ReasoningDetail detail in _details) detail.Write(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Take(JsonElement fragment)
    {
        for (int i = _details.Count - 1; i >= 0; i--)
        {
            if (!_details[i].Continues(fragment, isLast: i == _details.Count - 1)) continue;
            _details[i].Add(fragment);
            return;
        }

        var detail = new ReasoningDetail();
        detail.Add(fragment);
        _details.Add(detail);
    }

    /// <summary>One object of the list, with its members in the order in which they came.</summary>
    private sealed class ReasoningDetail
    {
        private readonly List<DetailMember> _members = [];

        /// <summary>Whether a fragment belongs to it. Without an index only what follows directly does, and data never does: it comes whole.</summary>
        public bool Continues(JsonElement fragment, bool isLast)
        {
            bool indexed = fragment.TryGetProperty("index"u8, out JsonElement index) && index.ValueKind is JsonValueKind.Number;
            if (indexed ? !Is("index", index) : !isLast || fragment.TryGetProperty("data"u8, out _)) return false;
            if (fragment.TryGetProperty("type"u8, out JsonElement type) && !Is("type", type)) return false;
            return !fragment.TryGetProperty("id"u8, out JsonElement id) || id.ValueKind is JsonValueKind.Null || Find("id") is not { } own || own.IsNull || own.Is(id);
        }

        public void Add(JsonElement fragment)
        {
            foreach (JsonProperty property in fragment.EnumerateObject())
            {
                if (Find(property.Name) is not { } member) _members.Add(member = new DetailMember(property.Name));
                member.Take(property.Value);
            }
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            foreach (DetailMember member in _members) member.Write(json);
            json.WriteEndObject();
        }

        private bool Is(string name, JsonElement value) => Find(name) is { } member && member.Is(value);

        private DetailMember? Find(string name) => _members.Find(member => member.Name == name);
    }

    private sealed class DetailMember(string name)
    {
        private JsonElement _value;
        private StringBuilder? _text;

        public string Name { get; } = name;

        public bool IsNull => _text is null && _value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

        // What a provider streams piece by piece.
        private bool IsJoined => Name is "text" or "summary" or "data";

        public bool Is(JsonElement value) => _text is null && _value.ValueKind == value.ValueKind && _value.GetRawText() == value.GetRawText();

        public void Take(JsonElement value)
        {
            if (value.ValueKind is JsonValueKind.Null && !IsNull) return;
            if (IsJoined && value.ValueKind is JsonValueKind.String) (_text ??= new StringBuilder()).Append(value.GetString());
            else _value = value.Clone();
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WritePropertyName(Name);
            if (_text is not null) json.WriteStringValue(_text.ToString());
            else _value.WriteTo(json);
        }
    }
}
