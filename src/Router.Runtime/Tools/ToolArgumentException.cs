namespace RouterGen;

/// <summary>
/// A model called a tool with arguments that its parameters do not take. The message names each wrong argument, what came and what is
/// expected, so that the model can correct its call.
/// </summary>
public sealed class ToolArgumentException : ArgumentException
{
    /// <summary>Makes an exception; in programs for tests of code that catches one.</summary>
    /// <param name="tool">The name of the tool.</param>
    /// <param name="errors">What is wrong, at least one.</param>
    public ToolArgumentException(string tool, IReadOnlyList<ToolArgumentError> errors)
        : base($"The tool '{tool}' was called with invalid arguments. {string.Join(" ", Given(errors).Select(static error => $"'{error.Argument}' {error.Problem}."))}")
    {
        Tool = tool;
        Errors = errors;
    }

    /// <summary>Gets the name of the tool.</summary>
    public string Tool { get; }

    /// <summary>Gets what is wrong, in the order of the parameters.</summary>
    public IReadOnlyList<ToolArgumentError> Errors { get; }

    private static IReadOnlyList<ToolArgumentError> Given(IReadOnlyList<ToolArgumentError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return errors;
    }
}

/// <summary>An argument that a tool does not take.</summary>
/// <param name="Argument">The argument, or the place in it: <c>stops[2].city</c>.</param>
/// <param name="Problem">What is wrong, for the model: <c>must be an integer, but is "many"</c>.</param>
public sealed record ToolArgumentError(string Argument, string Problem);
