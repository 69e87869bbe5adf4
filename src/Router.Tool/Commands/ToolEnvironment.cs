using RouterGen.Tool.Top;
using Spectre.Console;

namespace RouterGen.Tool.Commands;

/// <summary>All that is around a command: tests put their own in its place.</summary>
internal sealed class ToolEnvironment
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Where relative paths begin.</summary>
    public required string Directory { get; init; }

    /// <summary>Gets the value of an environment variable; null where it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Makes what sends requests. Its owner disposes it.</summary>
    public required Func<SocketsHttpHandler> Handler { get; init; }

    /// <summary>The processes that can be watched.</summary>
    public required IRouterProcesses Processes { get; init; }

    /// <summary>The columns of a line.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Whether the output is a terminal, which shows colors and can be redrawn.</summary>
    public bool IsTerminal { get; init; }

    public string PathOf(string path) => Path.GetFullPath(path, Directory);

    /// <summary>A path as messages say it: below the directory, from there.</summary>
    public string Shown(string path)
    {
        string relative = Path.GetRelativePath(Directory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }

    /// <summary>Returns a console that writes to a writer.</summary>
    public IAnsiConsole Console(TextWriter writer) => Console(writer, IsTerminal, Width);

    public static IAnsiConsole Console(TextWriter writer, bool isTerminal, int width)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
