namespace RouterGen;

/// <summary>A structured answer as far as it has come.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
public sealed class PartialAnswer<T>
{
    /// <summary>Makes the beginning of an answer; in programs for tests of code that reads streams.</summary>
    public PartialAnswer(T value) => Value = value;

    /// <summary>Makes a complete answer; in programs for tests of code that reads streams.</summary>
    public PartialAnswer(StructuredResponse<T> response) => (Value, Response) = (response.Value, response);

    /// <summary>
    /// Gets the answer. Until it is complete, members that have not come yet have the default of their type: null also where the type says
    /// that they are never null. A text and a list hold what has come of them; any other value is there when it is whole.
    /// </summary>
    public T Value { get; }

    /// <summary>Gets whether the answer is complete and valid. That is so for the last one, and for no other.</summary>
    public bool IsComplete => Response is not null;

    /// <summary>Gets how the answer came about; null until it is complete.</summary>
    public StructuredResponse<T>? Response { get; }
}
