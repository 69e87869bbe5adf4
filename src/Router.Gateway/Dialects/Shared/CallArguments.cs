using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>The arguments and results of tools, between JSON and the framework's contents.</summary>
internal static class CallArguments
{
    /// <summary>Reads arguments that are an object.</summary>
    public static Dictionary<string, object?> Read(JsonElement arguments)
    {
        Dictionary<string, object?> read = [];
        if (arguments.ValueKind is not JsonValueKind.Object) return read;
        foreach (JsonProperty argument in arguments.EnumerateObject()) read[argument.Name] = argument.Value;
        return read;
    }

    /// <summary>Reads arguments that are JSON within a text.</summary>
    /// <returns>Null where they are no object.</returns>
    public static Dictionary<string, object?>? Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        JsonElement arguments = RequestJson.ParseWithin(text);
        return arguments.ValueKind is JsonValueKind.Object ? Read(arguments) : null;
    }

    /// <summary>Writes arguments as an object.</summary>
    public static void Write(Utf8JsonWriter json, IDictionary<string, object?>? arguments)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in arguments ?? new Dictionary<string, object?>())
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Returns arguments as a text of JSON.</summary>
    public static string TextOf(FunctionCallContent call)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, EventText.Json)) Write(json, call.Arguments);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }

    // Codecs read arguments as JSON; what a deployment's own client makes of them may be plain values.
    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case JsonElement element: element.WriteTo(json); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case string text: json.WriteStringValue(text); break;
            case int or long or short or byte: json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case float or double or decimal: json.WriteNumberValue(Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case IDictionary<string, object?> map: Write(json, map); break;
            case System.Collections.IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
