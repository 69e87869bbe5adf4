using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A model answered, and its answer is not the structured answer that was asked for, also after it was asked to repair it.</summary>
public sealed class StructuredAnswerException : Exception
{
    private readonly StructuredCost? _cost;

    /// <summary>Makes an exception; in programs for tests of code that catches one.</summary>
    public StructuredAnswerException(string message, AnswerError error, string rawText, string path = "$", Exception? innerException = null) : base(message, innerException) =>
        (Error, RawText, Path) = (error, rawText, path);

    internal StructuredAnswerException(string message, AnswerProblem problem, string rawText, StructuredCost cost, Exception? innerException) : this(message, problem.Error, rawText, problem.Path, innerException) =>
        _cost = cost;

    /// <summary>Gets why the answer is none.</summary>
    public AnswerError Error { get; }

    /// <summary>Gets the text of the last answer, as the model wrote it. Empty where it wrote none.</summary>
    public string RawText { get; }

    /// <summary>Gets the JSON path of what is wrong, for example <c>$.items[2].price</c>.</summary>
    public string Path { get; }

    /// <summary>Gets the last answer; null in an exception made by hand.</summary>
    public RoutedResponse? Response => _cost?.Last;

    /// <summary>Gets whether the last answer is that of a second call, in which the model was told what was wrong with the first.</summary>
    public bool Repaired => _cost?.First is not null;

    /// <summary>Gets the usage of all calls; null where no provider reported any.</summary>
    public UsageDetails? Usage => _cost?.Usage;

    /// <summary>Gets what all calls cost in USD; null where the cost of one is not known.</summary>
    public decimal? Cost => _cost?.Sum;

    /// <summary>Gets the attempts of all calls, in order.</summary>
    public IReadOnlyList<Attempt> Attempts => _cost?.Attempts ?? [];
}
