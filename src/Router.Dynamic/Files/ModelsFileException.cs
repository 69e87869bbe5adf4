namespace RouterGen;

/// <summary>A file that declares model groups has errors: nothing of it is used.</summary>
public sealed class ModelsFileException : Exception
{
    /// <summary>Makes the exception of what is wrong.</summary>
    /// <param name="problems">All that is wrong, warnings included.</param>
    public ModelsFileException(IReadOnlyList<ModelsFileProblem> problems)
        : base(string.Join(Environment.NewLine, problems.Where(problem => problem.IsError))) => Problems = problems;

    /// <summary>Gets all that is wrong, warnings included, in the order of the file.</summary>
    public IReadOnlyList<ModelsFileProblem> Problems { get; }
}
