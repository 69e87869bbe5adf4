using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A type that a model can answer with. The generator implements it for types with <see cref="StructuredAnswerAttribute"/>.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IStructuredAnswer<TSelf>
    where TSelf : IStructuredAnswer<TSelf>
{
    /// <summary>Gets the name and the schema of the answer.</summary>
    static abstract AnswerFormat Format { get; }

    /// <summary>Reads an answer.</summary>
    /// <param name="reader">Stands on the first token of the answer; afterwards on its last.</param>
    /// <param name="value">The answer.</param>
    /// <returns>False where the JSON does not fit; the reader knows why, and where.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract bool TryRead(ref AnswerReader reader, [MaybeNullWhen(false)] out TSelf value);
}
