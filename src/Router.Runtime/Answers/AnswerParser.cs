using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace RouterGen;

/// <summary>Makes a value of the text of an answer.</summary>
internal static class AnswerParser
{
    /// <summary>Reads the first object of a text that fits.</summary>
    /// <param name="binding">Reads the type.</param>
    /// <param name="text">The text. There may be words before and behind the object.</param>
    /// <param name="isCut">Whether the answer ended at the output limit.</param>
    /// <param name="value">The value.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static AnswerProblem? Read<T>(AnswerBinding<T> binding, string text, bool isCut, [MaybeNull] out T value)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            AnswerProblem? problem = Read(binding, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), out value);
            return isCut && problem is { Error: AnswerError.NoJson or AnswerError.InvalidJson }
                ? problem with { Error = AnswerError.Truncated, Message = "the answer ends here, at the output limit" }
                : problem;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static AnswerProblem? Read<T>(AnswerBinding<T> binding, ReadOnlySpan<byte> text, [MaybeNull] out T value)
    {
        AnswerProblem? problem = null;
        int start = 0;
        while ((start = AnswerText.FindObject(text, start)) >= 0)
        {
            ReadOnlySpan<byte> json = text[start..];
            problem = ReadObject(binding, json, out value);
            if (problem is null) return null;
            if (problem.Error is AnswerError.InvalidJson || AnswerText.LengthOfObject(json) is not { } length) return problem;
            start += length; // What is before the answer may be an object too.
        }

        value = default;
        return problem ?? new AnswerProblem(AnswerError.NoJson, "$", "the answer holds no JSON object");
    }

    private static AnswerProblem? ReadObject<T>(AnswerBinding<T> binding, ReadOnlySpan<byte> json, [MaybeNull] out T value)
    {
        try
        {
            return binding.Read(json, out value);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            value = default;
            return new AnswerProblem(AnswerError.InvalidJson, JsonPlace.Of(json), $"the answer is not valid JSON: {exception.Message}");
        }
    }
}
