using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>JSON to bytes, escaped as sparingly as the providers do it; and the one look-up that reading requests takes.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options)) node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(JsonNode node) => Encoding.UTF8.GetString(Of(node));

    /// <summary>The property, if this is an object and has it and it is not null.</summary>
    public static JsonElement? Find(this JsonElement element, string property) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(property, out JsonElement value)
            && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>The property's text; null where there is none.</summary>
    public static string? FindString(this JsonElement element, string property) =>
        element.Find(property) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The property's elements; none where it is no array.</summary>
    public static IEnumerable<JsonElement> FindArray(this JsonElement element, string property) =>
        element.Find(property) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>Whether the property is there and true.</summary>
    public static bool IsTrue(this JsonElement element, string property) => element.Find(property) is { ValueKind: JsonValueKind.True };
}
