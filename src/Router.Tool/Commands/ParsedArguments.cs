using System.Globalization;

namespace RouterGen.Tool.Commands;

/// <summary>What a command was called with.</summary>
internal sealed class ParsedArguments
{
    private readonly Dictionary<string, List<string>> _options = new(StringComparer.Ordinal);
    private readonly List<string> _operands = [];

    private ParsedArguments()
    {
    }

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Operands => _operands;

    /// <summary>Reads arguments.</summary>
    /// <exception cref="ToolException">An option is not known, or lacks its value, or there are too many or too few operands.</exception>
    public static ParsedArguments Parse(Command command, IReadOnlyList<string> arguments)
    {
        var parsed = new ParsedArguments();
        bool onlyOperands = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (onlyOperands || argument.Length < 2 || argument[0] is not '-') parsed._operands.Add(argument);
            else if (argument is "--") onlyOperands = true;
            else parsed.Take(command, arguments, ref i);
        }

        if (parsed.Has("--help")) return parsed;
        if (parsed._operands.Count > command.MaxOperands) throw Wrong(command, $"'{parsed._operands[command.MaxOperands]}' is one argument too many.");
        return parsed._operands.Count < command.MinOperands ? throw Wrong(command, $"{command.Operands} is missing.") : parsed;
    }

    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>The value of an option; null where it is not stated.</summary>
    public string? Value(string option) => _options.TryGetValue(option, out List<string>? values) ? values[^1] : null;

    /// <summary>All values of an option.</summary>
    public IReadOnlyList<string> Values(string option) => _options.TryGetValue(option, out List<string>? values) ? values : [];

    /// <summary>The value of an option as a number.</summary>
    /// <exception cref="ToolException">It is none, or out of bounds.</exception>
    public double Number(string option, double usual, double least, double most)
    {
        if (Value(option) is not { } text) return usual;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most
            ? number
            : throw ToolException.Usage(string.Create(CultureInfo.InvariantCulture, $"{option} must be a number from {least} to {most}, and is '{text}'."));
    }

    private void Take(Command command, IReadOnlyList<string> arguments, ref int at)
    {
        string argument = arguments[at];
        int equals = argument.StartsWith("--", StringComparison.Ordinal) ? argument.IndexOf('=', StringComparison.Ordinal) : -1;
        string name = equals < 0 ? argument : argument[..equals];
        CommandOption option = command.AllOptions.FirstOrDefault(option => option.IsCalled(name)) ?? throw Wrong(command, $"{name} is no option of '{command.Name}'.");
        if (option.Value is null && equals >= 0) throw Wrong(command, $"{name} takes no value.");
        if (!_options.TryGetValue(option.Name, out List<string>? values)) _options.Add(option.Name, values = []);
        else if (!option.Repeats && option.Value is not null) throw Wrong(command, $"{option.Name} is stated twice.");
        if (option.Value is null) values.Add("");
        else if (equals >= 0) values.Add(argument[(equals + 1)..]);
        else if (++at < arguments.Count) values.Add(arguments[at]);
        else throw Wrong(command, $"{name} needs a value: {option.Name} {option.Value}.");
    }

    private static ToolException Wrong(Command command, string message) => ToolException.Usage($"{message} See: routergen {command.Name} --help");
}
