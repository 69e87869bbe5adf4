using System.Globalization;
using System.Text.Json;

namespace RouterGen.Infrastructure;

// Numbers. A model may write one as a text, and a whole one as 3.0.
public readonly partial struct ToolValue
{
    /// <summary>Returns a whole number from -128 to 127.</summary>
    public sbyte ReadSByte() => (sbyte)ReadInteger(sbyte.MinValue, sbyte.MaxValue);

    /// <summary>Returns a whole number from 0 to 255.</summary>
    public byte ReadByte() => (byte)ReadInteger(byte.MinValue, byte.MaxValue);

    /// <summary>Returns a whole number of 16 bits.</summary>
    public short ReadInt16() => (short)ReadInteger(short.MinValue, short.MaxValue);

    /// <summary>Returns a whole number of 16 bits without a sign.</summary>
    public ushort ReadUInt16() => (ushort)ReadInteger(ushort.MinValue, ushort.MaxValue);

    /// <summary>Returns a whole number of 32 bits.</summary>
    public int ReadInt32() => _json.ValueKind is JsonValueKind.Number && _json.TryGetInt32(out int number) ? number : (int)ReadInteger(int.MinValue, int.MaxValue);

    /// <summary>Returns a whole number of 32 bits without a sign.</summary>
    public uint ReadUInt32() => (uint)ReadInteger(uint.MinValue, uint.MaxValue);

    /// <summary>Returns a whole number of 64 bits.</summary>
    public long ReadInt64() => _json.ValueKind is JsonValueKind.Number && _json.TryGetInt64(out long number) ? number : (long)ReadInteger(long.MinValue, long.MaxValue);

    /// <summary>Returns a whole number of 64 bits without a sign.</summary>
    public ulong ReadUInt64() => (ulong)ReadInteger(ulong.MinValue, ulong.MaxValue);

    /// <summary>Returns a number with about 7 digits.</summary>
    public float ReadSingle()
    {
        float number = Given is float given ? given : (float)ReadDouble();
        if (float.IsFinite(number)) return number;
        Refuse("a number within the range of a float");
        return default;
    }

    /// <summary>Returns a number with about 16 digits.</summary>
    public double ReadDouble()
    {
        double? number = Given switch
        {
            null when _json.ValueKind is JsonValueKind.Number => _json.TryGetDouble(out double read) ? read : null,
            double given => given,
            float given => given,
            _ when TryGetText(out string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : null,
            _ => (double?)GivenNumber(),
        };
        if (number is { } finite && double.IsFinite(finite)) return finite;
        Refuse("a number");
        return default;
    }

    /// <summary>Returns a decimal number.</summary>
    public decimal ReadDecimal()
    {
        if (ReadNumber() is { } number) return number;
        Refuse("a decimal number");
        return default;
    }

    private decimal ReadInteger(decimal min, decimal max)
    {
        if (ReadNumber() is { } number && number >= min && number <= max && decimal.IsInteger(number)) return number;
        Refuse(string.Create(CultureInfo.InvariantCulture, $"an integer from {min} to {max}"));
        return default;
    }

    private decimal? ReadNumber()
    {
        if (Given is null && _json.ValueKind is JsonValueKind.Number) return _json.TryGetDecimal(out decimal read) ? read : null;
        if (TryGetText(out string? text)) return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal parsed) ? parsed : null;
        return GivenNumber();
    }

    private decimal? GivenNumber() => Given switch
    {
        int number => number,
        long number => number,
        decimal number => number,
        double number when Math.Abs(number) < (double)decimal.MaxValue => (decimal)number,
        float number when Math.Abs(number) < (float)decimal.MaxValue => (decimal)number,
        uint number => number,
        ulong number => number,
        short number => number,
        ushort number => number,
        byte number => number,
        sbyte number => number,
        _ => null,
    };
}
