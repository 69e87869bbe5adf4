namespace RouterGen;

/// <summary>What is wrong with an answer, and where.</summary>
/// <param name="Error">What it is.</param>
/// <param name="Path">The JSON path of the place, for example <c>$.items[2].price</c>.</param>
/// <param name="Message">What is wrong there, in words.</param>
internal sealed record AnswerProblem(AnswerError Error, string Path, string Message)
{
    /// <summary>Gets whether the model is told and asked once more.</summary>
    public bool CanBeRepaired => Error is AnswerError.NoJson or AnswerError.InvalidJson or AnswerError.Mismatch;

    public override string ToString() => $"{Path}: {Message}";
}
