using System.Text;

namespace RouterGen.Tool.Commands;

/// <summary>The help, made of the tables of commands and options.</summary>
internal static class HelpText
{
    private const string ExitLine = "Exit codes: 0 all is well, 1 {0}, 2 the command line makes no sense.";

    public static string Of(IReadOnlyCollection<Command> commands)
    {
        var text = new StringBuilder("Usage: routergen COMMAND [options]\n\n");
        AppendRows(text, [.. commands.Select(command => (command.Name, command.Summary))]);
        text.Append("\nEach command has --help and --json. routergen --version prints the version.\n");
        text.Append("Exit codes: 0 all is well, 1 problems were found, 2 the command line makes no sense.\n");
        return text.ToString();
    }

    public static string Of(Command command)
    {
        var text = new StringBuilder("Usage: routergen " + command.Name);
        if (command.Operands.Length > 0) text.Append(' ').Append(command.MinOperands > 0 ? command.Operands : $"[{command.Operands}]");
        text.Append($" [options]\n\n{command.Summary}.\n\n");
        AppendRows(text, [.. command.AllOptions.Where(option => !option.IsHidden).Select(option => (Left(option), option.Description))]);
        text.Append('\n').AppendFormat(null, ExitLine, command.Problems).Append('\n');
        return text.ToString();
    }

    private static string Left(CommandOption option) => (option.Short is { } name ? name + ", " : "") + option.Name + (option.Value is { } value ? " " + value : "");

    private static void AppendRows(StringBuilder text, (string Left, string Right)[] rows)
    {
        int width = rows.Max(row => row.Left.Length);
        foreach ((string left, string right) in rows) text.Append("  ").Append(left.PadRight(width + 2)).Append(right).Append('\n');
    }
}
