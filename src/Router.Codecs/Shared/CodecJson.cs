using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What every dialect needs to say in JSON: values of unknown type, tool arguments, tool results.</summary>
[Embedded]
internal static class CodecJson
{
    /// <summary>
    /// Writes a value that a caller put into a bag of objects: JSON values, strings, numbers, flags, and lists and
    /// dictionaries of them; of other types what <see cref="AIJsonUtilities.DefaultOptions"/> can write, where the
    /// program allows reflection.
    /// </summary>
    /// <returns>False, with nothing usable written, where the type is not known.</returns>
    public static bool TryWriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); return true;
            case string text: json.WriteStringValue(text); return true;
            case bool flag: json.WriteBooleanValue(flag); return true;
            case int number: json.WriteNumberValue(number); return true;
            case long number: json.WriteNumberValue(number); return true;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); return true;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); return true;
            case decimal number: json.WriteNumberValue(number); return true;
            case JsonElement element when element.ValueKind is not JsonValueKind.Undefined: element.WriteTo(json); return true;
            case JsonNode node: node.WriteTo(json); return true;
            case JsonDocument document: document.RootElement.WriteTo(json); return true;
            case IDictionary<string, object?> members: return WriteArguments(json, members) is null;
            case IEnumerable<object?> items: return TryWriteList(json, items);
        }

        // The switch is a constant in a Native AOT program, where the serializer and its 2 MB then go.
        if (!JsonSerializer.IsReflectionEnabledByDefault) return false;
        if (!AIJsonUtilities.DefaultOptions.TryGetTypeInfo(value.GetType(), out JsonTypeInfo? type)) return false;
        JsonElement written;
        try
        {
            written = JsonSerializer.SerializeToElement(value, type);
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or ArgumentException or InvalidOperationException)
        {
            return false;
        }

        written.WriteTo(json);
        return true;
    }

    private static bool TryWriteList(Utf8JsonWriter json, IEnumerable<object?> items)
    {
        json.WriteStartArray();
        foreach (object? item in items)
        {
            if (!TryWriteValue(json, item)) return false;
        }

        json.WriteEndArray();
        return true;
    }

    /// <summary>Writes the arguments of a function call as an object.</summary>
    /// <returns>Null, or the name of an argument whose type cannot be written; then the object is not complete.</returns>
    public static string? WriteArguments(Utf8JsonWriter json, IDictionary<string, object?>? arguments)
    {
        json.WriteStartObject();
        if (arguments is not null)
        {
            foreach (KeyValuePair<string, object?> argument in arguments)
            {
                json.WritePropertyName(argument.Key);
                if (!TryWriteValue(json, argument.Value)) return argument.Key;
            }
        }

        json.WriteEndObject();
        return null;
    }

    /// <summary>Reads the arguments of a function call: an object, or nothing for a function without parameters.</summary>
    /// <returns>False where it is not one whole JSON object.</returns>
    public static bool TryReadArguments(ReadOnlySpan<byte> utf8, out Dictionary<string, object?>? arguments)
    {
        arguments = null;
        if (utf8.Trim(" \t\r\n"u8).IsEmpty) return true;
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind is not JsonValueKind.Object || reader.Read()) return false;
            var read = new Dictionary<string, object?>();
            foreach (JsonProperty property in document.RootElement.EnumerateObject()) read[property.Name] = property.Value.Clone();
            arguments = read;
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // InvalidOperationException: invalid UTF-8 inside a string.
        }
    }

    /// <summary>A tool's result as the text that a model is to read; null where its type cannot be written.</summary>
    public static string? ResultText(FunctionResultContent result)
    {
        switch (result.Result)
        {
            case string text: return text;
            case null when result.Exception is { } exception: return "Error: " + exception.Message;
            case null: return "";
            case TextContent content: return content.Text;
            case JsonElement { ValueKind: JsonValueKind.String } element: return element.GetString();
            case IFormattable number when number is int or long or double or float or decimal: return number.ToString(null, CultureInfo.InvariantCulture);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        if (!TryWriteValue(json, result.Result)) return null;
        json.Flush();
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The deployment cannot carry the request; another one may.</summary>
    public static AttemptFailure Unsupported(string message) => new(FailureKind.Unsupported, message);

    /// <summary>The answer is none.</summary>
    public static AttemptFailure Malformed(string message) => new(FailureKind.InvalidResponse, message);
}
