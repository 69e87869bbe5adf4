using System;
using System.Buffers;
using System.Collections;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What every dialect needs to say in JSON: values of unknown type, tool arguments, tool results.</summary>
[Embedded]
internal static class CodecJson
{
    /// <summary>
    /// Writes a value that a caller put into a bag of objects: JSON values, the scalars of <see cref="CodecScalars"/>, and lists
    /// and dictionaries of them; of other types what <see cref="AIJsonUtilities.DefaultOptions"/> can write, where the program
    /// allows reflection.
    /// </summary>
    /// <returns>False, with nothing usable written, where the type is not known.</returns>
    public static bool TryWriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); return true;
            case TextContent content: return WriteText(json, content);
            case JsonElement element when element.ValueKind is not JsonValueKind.Undefined: return TryWriteElement(json, element);
            case JsonNode node: node.WriteTo(json); return true;
            case JsonDocument document: return TryWriteElement(json, document.RootElement);
            case IDictionary<string, object?> members: return WriteArguments(json, members) is null;
            case IEnumerable<object?> items: return TryWriteList(json, items);
        }

        if (CodecScalars.TryWrite(json, value)) return true;
        if (Serialize(value) is not { } written) return TryWriteCollection(json, value);
        written.WriteTo(json);
        return true;
    }

    private static bool TryWriteElement(Utf8JsonWriter json, JsonElement element)
    {
        try
        {
            element.WriteTo(json);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // A string in it is no text: half a character, as a model's arguments may hold.
        }
    }

    /// <summary>Writes a dictionary or a list of any values, whatever its type arguments are.</summary>
    /// <returns>False, with nothing usable written, where the value is neither or holds something that cannot be written.</returns>
    public static bool TryWriteCollection(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case IDictionary members:
                json.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    if (KeyText(member.Key) is not { } name) return false;
                    json.WritePropertyName(name);
                    if (!TryWriteValue(json, member.Value)) return false;
                }

                json.WriteEndObject();
                return true;

            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    if (!TryWriteValue(json, item)) return false;
                }

                json.WriteEndArray();
                return true;

            default:
                return false;
        }
    }

    private static string? KeyText(object key) => key is bool flag ? (flag ? "True" : "False") : CodecScalars.PlainText(key);

    /// <summary>Returns what the framework's serializer makes of a value; null where it cannot, or where the program does without it.</summary>
    public static JsonElement? Serialize(object value)
    {
        // The switch is a constant in a Native AOT program, where the serializer and its 2 MB then go.
        if (!JsonSerializer.IsReflectionEnabledByDefault) return null;
        try
        {
            return AIJsonUtilities.DefaultOptions.TryGetTypeInfo(value.GetType(), out JsonTypeInfo? type) ? JsonSerializer.SerializeToElement(value, type) : null;
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A text among other values, in the framework's form.</summary>
    private static bool WriteText(Utf8JsonWriter json, TextContent content)
    {
        json.WriteStartObject();
        json.WriteString("$type"u8, "text"u8);
        json.WriteString("text"u8, content.Text);
        json.WriteEndObject();
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

    /// <summary>Writes the arguments of a function call as a member whose value is a string of JSON.</summary>
    /// <returns>Null, or the name of an argument whose type cannot be written; then nothing is.</returns>
    public static string? WriteArgumentsText(Utf8JsonWriter json, ReadOnlySpan<byte> member, IDictionary<string, object?>? arguments)
    {
        // JSON within a string is written apart first.
        var buffer = new ArrayBufferWriter<byte>();
        using (var text = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            if (WriteArguments(text, arguments) is { } unwritten) return unwritten;
        }

        json.WriteString(member, buffer.WrittenSpan);
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
            if (!IsText(utf8)) return false;
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

    /// <summary>
    /// Whether each string in JSON can be read, and so written again: a document keeps bytes that are no UTF-8, and halves of surrogate pairs, and
    /// throws when they are asked for.
    /// </summary>
    private static bool IsText(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) return false;
        if (utf8.IndexOf("\\u"u8) < 0) return true;
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) reader.GetString(); // Throws.
        }

        return true;
    }

    /// <summary>Returns a function call; one whose arguments are not one whole JSON object says so in its exception.</summary>
    public static FunctionCallContent ToCall(string id, string name, ReadOnlySpan<byte> arguments) => TryReadArguments(arguments, out Dictionary<string, object?>? read)
        ? new(id, name, read)
        : new(id, name) { Exception = new JsonException($"The model's arguments for '{name}' are no JSON object.") };

    /// <summary>The deployment cannot carry a call whose argument is of a type that is not known.</summary>
    public static AttemptFailure UnwrittenArgument(FunctionCallContent call, string argument) =>
        Unsupported($"The argument '{argument}' of a call of '{call.Name}' is of a type that cannot be written as JSON.");

    /// <summary>The deployment cannot carry a result of a type that is not known.</summary>
    public static AttemptFailure UnwrittenResult(FunctionResultContent result) =>
        Unsupported($"The result of the tool call '{result.CallId}' is of a type ({result.Result?.GetType()}) that cannot be written as JSON.");

    /// <summary>The deployment cannot carry an additional property of a type that is not known.</summary>
    public static AttemptFailure UnwrittenProperty(string name, object? value) =>
        Unsupported($"The additional property '{name}' is of a type ({value?.GetType()}) that cannot be written as JSON.");

    /// <summary>The deployment cannot carry the request; another one may.</summary>
    public static AttemptFailure Unsupported(string message) => new(FailureKind.Unsupported, message);

    /// <summary>The answer is none.</summary>
    public static AttemptFailure Malformed(string message) => new(FailureKind.InvalidResponse, message);
}
