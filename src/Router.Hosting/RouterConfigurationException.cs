namespace RouterGen;

/// <summary>The application cannot start: its configuration of model groups has mistakes. The message lists all of them.</summary>
public sealed class RouterConfigurationException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problems">The mistakes.</param>
    public RouterConfigurationException(IReadOnlyList<ConfigurationProblem> problems)
        : base(MessageOf(problems)) => Problems = problems;

    /// <summary>Gets the mistakes, in the order of the model groups.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems { get; }

    private static string MessageOf(IReadOnlyList<ConfigurationProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        string count = problems.Count == 1 ? "a mistake" : $"{problems.Count} mistakes";
        return $"The configuration of the model groups has {count}; mend it, or set FailOnStart = false in AddRouterGenHosting to start all the same.{string.Concat(problems.Select(static problem => $"\n  {problem}"))}";
    }
}
