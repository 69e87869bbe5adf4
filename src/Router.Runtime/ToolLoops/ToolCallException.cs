namespace RouterGen;

/// <summary>A call of a tool was not run: no tool has the name, its arguments cannot be read, or it was not approved.</summary>
public sealed class ToolCallException : Exception
{
    /// <summary>Makes an exception; in programs for tests of code that reads one.</summary>
    /// <param name="tool">The name that the model called.</param>
    /// <param name="message">Why it was not run, for the model.</param>
    /// <param name="innerException">What failed; null for nothing.</param>
    public ToolCallException(string tool, string message, Exception? innerException = null) : base(message, innerException) => Tool = tool;

    /// <summary>Gets the name that the model called.</summary>
    public string Tool { get; }
}
