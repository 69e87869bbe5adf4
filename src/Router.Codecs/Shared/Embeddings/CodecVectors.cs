using System;
using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads vectors: an array of numbers, or 32-bit floating-point numbers, low byte first, in Base64. Straight into the array that is handed out.</summary>
[Embedded]
internal static class CodecVectors
{
    // Vectors of current models have between 256 and 4,096 numbers.
    private const int UsualLength = 1536;

    /// <summary>Steps to a member's value, a vector.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="length">The length that is likely; 0 where none is known. It is that of the vector afterwards.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static float[] Read(scoped ref Utf8JsonReader reader, ref int length)
    {
        reader.Read();
        return ReadValue(ref reader, ref length);
    }

    /// <summary>Steps to a member's value, an array of vectors, and adds them in their order.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static void ReadAll(scoped ref Utf8JsonReader reader, EmbeddingVectors vectors)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException($"The vectors are a {reader.TokenType}.");
        int length = 0;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) vectors.Add(ReadValue(ref reader, ref length));
    }

    private static float[] ReadValue(scoped ref Utf8JsonReader reader, ref int length)
    {
        float[] vector = reader.TokenType switch
        {
            JsonTokenType.StartArray => ReadNumbers(ref reader, length),
            JsonTokenType.String => ReadBase64(ref reader),
            _ => throw new JsonException($"A vector is a {reader.TokenType}."),
        };
        length = vector.Length;
        return vector;
    }

    private static float[] ReadNumbers(scoped ref Utf8JsonReader reader, int length)
    {
        float[] numbers = new float[length > 0 ? length : UsualLength];
        int count = 0;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.Number || !reader.TryGetSingle(out float number)) throw new JsonException($"Number {count} of a vector is a {reader.TokenType}.");
            if (count == numbers.Length) Array.Resize(ref numbers, count * 2);
            numbers[count++] = number;
        }

        if (count < numbers.Length) Array.Resize(ref numbers, count);
        return numbers;
    }

    private static float[] ReadBase64(scoped ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return Decode(reader.ValueSpan);
        byte[] text = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length); // some servers escape each slash
        try
        {
            return Decode(text.AsSpan(0, reader.CopyString(text)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static float[] Decode(ReadOnlySpan<byte> base64)
    {
        int padding = base64.EndsWith("=="u8) ? 2 : base64.EndsWith("="u8) ? 1 : 0;
        int bytes = (base64.Length / 4 * 3) - padding;
        if (base64.Length % 4 != 0 || bytes < 0 || bytes % sizeof(float) != 0) throw new JsonException($"A vector of {base64.Length} characters of Base64 is cut.");
        float[] numbers = new float[bytes / sizeof(float)];
        Span<byte> target = MemoryMarshal.AsBytes(numbers.AsSpan());
        if (Base64.DecodeFromUtf8(base64, target, out _, out int written) is not OperationStatus.Done || written != bytes) throw new JsonException("A vector is no Base64.");
        if (!BitConverter.IsLittleEndian) ReverseEach(numbers);
        return numbers;
    }

    private static void ReverseEach(Span<float> numbers)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(numbers);
        for (int i = 0; i < bits.Length; i++) bits[i] = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits[i]);
    }
}
