using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen;

/// <summary>Writes the arguments of a tool call as the JSON that the model wrote.</summary>
internal static class ArgumentsText
{
    public static string Of(IDictionary<string, object?>? arguments)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(json, arguments ?? new Dictionary<string, object?>());
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // Codecs hand out elements; clients of SDKs may hand out anything that JSON can be read as.
    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case JsonElement element: element.WriteTo(json); break;
            case JsonNode node: node.WriteTo(json); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int or long or short or byte: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case float or double: json.WriteNumberValue(Convert.ToDouble(value, CultureInfo.InvariantCulture)); break;
            case decimal number: json.WriteNumberValue(number); break;
            case IDictionary<string, object?> members:
                json.WriteStartObject();
                foreach (KeyValuePair<string, object?> member in members)
                {
                    json.WritePropertyName(member.Key);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items) Write(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
