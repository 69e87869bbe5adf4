namespace RouterGen.Tool.Commands;

/// <summary>What ends a command: the message says what is wrong, where, and what to do. It holds no key.</summary>
/// <param name="exitCode">See <see cref="ExitCodes"/>.</param>
/// <param name="message">What is wrong.</param>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;

    /// <summary>The command line makes no sense.</summary>
    public static ToolException Usage(string message) => new(ExitCodes.Usage, message);

    /// <summary>What was asked for cannot be done.</summary>
    public static ToolException Problem(string message) => new(ExitCodes.Problems, message);
}
