using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace RouterGen;

/// <summary>What makes values of JSON, and the schema that it follows.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
internal abstract class AnswerBinding<T>
{
    /// <summary>Gets the name and the schema.</summary>
    public abstract AnswerFormat Format { get; }

    /// <summary>Reads the object with which the text begins. What follows it is ignored.</summary>
    /// <returns>Null, or what is wrong.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A text within it has no Unicode characters.</exception>
    public abstract AnswerProblem? Read(ReadOnlySpan<byte> json, [MaybeNull] out T value);

    /// <summary>Reads the beginning of an answer, which was closed to make it JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="openString">Where the text begins that has not ended yet; -1 where none is.</param>
    /// <param name="value">The value.</param>
    /// <param name="isExact">Whether all that is in the JSON is in the value.</param>
    /// <returns>False where there is no value yet.</returns>
    public abstract bool TryReadPartial(ReadOnlySpan<byte> json, long openString, [MaybeNullWhen(false)] out T value, out bool isExact);
}
