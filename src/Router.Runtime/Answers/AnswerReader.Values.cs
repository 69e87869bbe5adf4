using System.Globalization;
using System.Text.Json;

namespace RouterGen.Infrastructure;

// Values of one token. A value that has not ended yet is left out of the beginning of an answer, unless it is text.
public ref partial struct AnswerReader
{
    private static readonly string[] TimeFormats = ["HH:mm:ss", "HH:mm:ss.FFFFFFF", "HH:mm"];

    private readonly bool IsText => _json.TokenType is JsonTokenType.String;

    private readonly bool IsNumber => _json.TokenType is JsonTokenType.Number;

    /// <summary>Reads a text.</summary>
    public bool Read(out string? value)
    {
        value = IsText ? _json.GetString() : null;
        return value is not null || Refuse("a string");
    }

    /// <summary>Reads true or false.</summary>
    public bool Read(out bool value)
    {
        value = _json.TokenType is JsonTokenType.True;
        return value || _json.TokenType is JsonTokenType.False || Refuse("true or false");
    }

    /// <summary>Reads a whole number.</summary>
    public bool Read(out sbyte value)
    {
        value = 0;
        return (IsNumber && _json.TryGetSByte(out value)) || RefuseWhole(sbyte.MinValue, sbyte.MaxValue);
    }

    /// <summary>Reads a whole number.</summary>
    public bool Read(out byte value)
    {
        value = 0;
        return (IsNumber && _json.TryGetByte(out value)) || RefuseWhole(byte.MinValue, byte.MaxValue);
    }

    /// <summary>Reads a whole number.</summary>
    public bool Read(out short value)
    {
        value = 0;
        return (IsNumber && _json.TryGetInt16(out value)) || RefuseWhole(short.MinValue, short.MaxValue);
    }

    /// <summary>Reads a whole number.</summary>
    public bool Read(out ushort value)
    {
        value = 0;
        return (IsNumber && _json.TryGetUInt16(out value)) || RefuseWhole(ushort.MinValue, ushort.MaxValue);
    }

    /// <summary>Reads a whole number.</summary>
    public bool Read(out int value)
    {
        value = 0;
        return (IsNumber && _json.TryGetInt32(out value)) || RefuseWhole(int.MinValue, int.MaxValue);
    }

    /// <summary>Reads a whole number.</summary>
    public bool Read(out uint value)
    {
        value = 0;
        return (IsNumber && _json.TryGetUInt32(out value)) || RefuseWhole(uint.MinValue, uint.MaxValue);
    }

    /// <summary>Reads a whole number.</summary>
    public bool Read(out long value)
    {
        value = 0;
        return (IsNumber && _json.TryGetInt64(out value)) || RefuseWhole(long.MinValue, long.MaxValue);
    }

    /// <summary>Reads a whole number.</summary>
    public bool Read(out ulong value)
    {
        value = 0;
        return (IsNumber && _json.TryGetUInt64(out value)) || RefuseWhole(ulong.MinValue, ulong.MaxValue);
    }

    /// <summary>Reads a number.</summary>
    public bool Read(out float value)
    {
        value = 0;
        return (IsNumber && _json.TryGetSingle(out value) && float.IsFinite(value)) || Refuse("a number");
    }

    /// <summary>Reads a number.</summary>
    public bool Read(out double value)
    {
        value = 0;
        return (IsNumber && _json.TryGetDouble(out value) && double.IsFinite(value)) || Refuse("a number");
    }

    /// <summary>Reads a number.</summary>
    public bool Read(out decimal value)
    {
        value = 0;
        return (IsNumber && _json.TryGetDecimal(out value)) || Refuse("a number");
    }

    /// <summary>Reads a UUID.</summary>
    public bool Read(out Guid value)
    {
        value = default;
        return IsOpen() || (IsText && _json.TryGetGuid(out value)) || Refuse("a UUID");
    }

    /// <summary>Reads a date and a time.</summary>
    public bool Read(out DateTime value)
    {
        value = default;
        return IsOpen() || (IsText && _json.TryGetDateTime(out value)) || Refuse("a date and time as in RFC 3339");
    }

    /// <summary>Reads a date and a time with its offset.</summary>
    public bool Read(out DateTimeOffset value)
    {
        value = default;
        return IsOpen() || (IsText && _json.TryGetDateTimeOffset(out value)) || Refuse("a date and time as in RFC 3339");
    }

    /// <summary>Reads a date.</summary>
    public bool Read(out DateOnly value)
    {
        value = default;
        return IsOpen() || (IsText && DateOnly.TryParseExact(_json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value)) || Refuse("a date as yyyy-mm-dd");
    }

    /// <summary>Reads a time of the day, which may end with <c>Z</c>.</summary>
    public bool Read(out TimeOnly value)
    {
        value = default;
        return IsOpen() || (IsText && TimeOnly.TryParseExact(_json.GetString().AsSpan().TrimEnd('Z'), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out value)) || Refuse("a time as hh:mm:ss");
    }

    /// <summary>Reads an address.</summary>
    public bool Read(out Uri? value)
    {
        value = null;
        return IsOpen() || (IsText && Uri.TryCreate(_json.GetString(), UriKind.RelativeOrAbsolute, out value)) || Refuse("an address");
    }

    /// <summary>Reads one of several names: as it is written, else whatever its case.</summary>
    /// <param name="names">The names.</param>
    /// <param name="index">The index of the name; -1 where it has not ended yet.</param>
    public bool ReadName(ReadOnlySpan<string> names, out int index)
    {
        index = -1;
        if (IsOpen()) return true;
        if (IsText)
        {
            for (int i = 0; i < names.Length; i++)
            {
                if (!_json.ValueTextEquals(names[i])) continue;
                index = i;
                return true;
            }

            string text = _json.GetString()!;
            for (int i = 0; i < names.Length; i++)
            {
                if (!names[i].Equals(text, StringComparison.OrdinalIgnoreCase)) continue;
                index = i;
                return true;
            }
        }

        return Refuse($"one of {string.Join(", ", names.ToArray().Select(Quote))}");
    }

    /// <summary>Returns whether the value is a text that has not ended yet.</summary>
    private bool IsOpen()
    {
        if (_openString < 0 || _json.TokenStartIndex != _openString) return false;
        HasLeftOut = true;
        return true;
    }

    private bool RefuseWhole<T>(T least, T most)
        where T : struct, IFormattable => Refuse(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
}
