using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads a type by the code that was emitted for it.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
internal sealed class EmittedBinding<T> : AnswerBinding<T>
    where T : IStructuredAnswer<T>
{
    public static readonly EmittedBinding<T> Instance = new();

    private EmittedBinding()
    {
    }

    public override AnswerFormat Format => T.Format;

    public override AnswerProblem? Read(ReadOnlySpan<byte> json, [MaybeNull] out T value)
    {
        var reader = new AnswerReader(json, isPartial: false, openString: -1);
        try
        {
            return T.TryRead(ref reader, out value) ? null : new AnswerProblem(AnswerError.Mismatch, reader.Path, reader.Problem ?? "does not fit the schema");
        }
        catch (Exception exception) when (exception is not (JsonException or InvalidOperationException))
        {
            value = default;
            return new AnswerProblem(AnswerError.Mismatch, "$", $"the type refuses its values: {exception.Message}");
        }
    }

    public override bool TryReadPartial(ReadOnlySpan<byte> json, long openString, [MaybeNullWhen(false)] out T value, out bool isExact)
    {
        isExact = false;
        try
        {
            var reader = new AnswerReader(json, isPartial: true, openString);
            bool isRead = T.TryRead(ref reader, out value);
            isExact = isRead && !reader.HasLeftOut;
            return isRead;
        }
        catch (Exception)
        {
            value = default;
            return false; // The type refuses what is there so far, or it is no JSON.
        }
    }
}
