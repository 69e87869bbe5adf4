using System;
using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Writes values of common types in the form that <see cref="AIJsonUtilities.DefaultOptions"/> gives them, without the
/// serializer, which Native AOT programs do without.
/// </summary>
[Embedded]
internal static class CodecScalars
{
    /// <summary>Writes a value that is one JSON string, number or literal.</summary>
    /// <returns>False, with nothing written, where the type is none of them or JSON has no form for the value.</returns>
    public static bool TryWrite(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text: json.WriteStringValue(text); return true;
            case bool flag: json.WriteBooleanValue(flag); return true;

            case int number: json.WriteNumberValue(number); return true;
            case long number: json.WriteNumberValue(number); return true;
            case uint number: json.WriteNumberValue(number); return true;
            case ulong number: json.WriteNumberValue(number); return true;
            case short number: json.WriteNumberValue(number); return true;
            case ushort number: json.WriteNumberValue(number); return true;
            case byte number: json.WriteNumberValue(number); return true;
            case sbyte number: json.WriteNumberValue(number); return true;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); return true;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); return true;
            case decimal number: json.WriteNumberValue(number); return true;
            case Half number when Half.IsFinite(number): WriteDigits(json, number); return true;
            case Int128 number: WriteDigits(json, number); return true;
            case UInt128 number: WriteDigits(json, number); return true;

            case DateTime time: json.WriteStringValue(time); return true;
            case DateTimeOffset time: json.WriteStringValue(time); return true;
            case DateOnly date: json.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture)); return true;
            case TimeOnly time: json.WriteStringValue(time.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture)); return true;
            case TimeSpan span: json.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture)); return true;

            case char letter: json.WriteStringValue([letter]); return true;
            case Guid id: json.WriteStringValue(id); return true;
            case Uri address: json.WriteStringValue(address.OriginalString); return true;
            case Version version: json.WriteStringValue(version.ToString()); return true;
            case Enum named: WriteEnum(json, named.ToString()); return true;

            case byte[] bytes: json.WriteBase64StringValue(bytes); return true;
            case Memory<byte> bytes: json.WriteBase64StringValue(bytes.Span); return true;
            case ReadOnlyMemory<byte> bytes: json.WriteBase64StringValue(bytes.Span); return true;
            default: return false;
        }
    }

    /// <summary>Returns a text that a caller put into a bag of objects, also after a round trip through JSON; null for any other value.</summary>
    public static string? StringOf(object? value) => value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
        _ => null,
    };

    /// <summary>Returns a value as plain text, as the model reads it best; null where its text is its JSON.</summary>
    public static string? PlainText(object? value) => value switch
    {
        string text => text,
        char letter => letter.ToString(),
        DateTime or DateTimeOffset => null,
        Guid or Uri or Version or Enum => value.ToString(),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        int or long or uint or ulong or short or ushort or byte or sbyte or double or float or decimal or Half or Int128 or UInt128 =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A value without a name is a number.</summary>
    private static void WriteEnum(Utf8JsonWriter json, string text)
    {
        if (char.IsAsciiDigit(text[0]) || text[0] is '-') json.WriteRawValue(text, skipInputValidation: true);
        else json.WriteStringValue(text);
    }

    private static void WriteDigits(Utf8JsonWriter json, IFormattable number) =>
        json.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture), skipInputValidation: true);
}
