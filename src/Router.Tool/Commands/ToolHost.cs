using System.Reflection;
using RouterGen.Tool.Check;
using RouterGen.Tool.Doctor;
using RouterGen.Tool.Import;
using RouterGen.Tool.Lab;
using RouterGen.Tool.Output;
using RouterGen.Tool.Prices;
using RouterGen.Tool.Top;
using Spectre.Console;

namespace RouterGen.Tool.Commands;

/// <summary>The tool as a whole: finds the command that was asked for, runs it, and prints what it found.</summary>
internal static class ToolHost
{
    /// <summary>All commands, in the order of the help.</summary>
    public static readonly Command[] All =
    [
        new ImportCommand(), new CheckCommand(), new DoctorCommand(), new PricesCommand(writes: true), new PricesCommand(writes: false), new LabCommand(), new TopCommand(),
    ];

    public static string Version => typeof(ToolHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs the tool.</summary>
    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        try
        {
            return await RunCommandAsync(arguments, environment, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException exception)
        {
            await environment.Error.WriteLineAsync("routergen: " + exception.Message).ConfigureAwait(false);
            return exception.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await environment.Error.WriteLineAsync("routergen: " + exception.Message).ConfigureAwait(false);
            return ExitCodes.Problems;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Problems;
        }
    }

    private static async Task<int> RunCommandAsync(string[] arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        if (arguments is ["--version"])
        {
            await environment.Out.WriteLineAsync(Version).ConfigureAwait(false);
            return ExitCodes.Ok;
        }

        if (arguments is [] or ["--help" or "-h" or "help"])
        {
            await environment.Out.WriteAsync(HelpText.Of(All)).ConfigureAwait(false);
            return arguments.Length == 0 ? ExitCodes.Usage : ExitCodes.Ok;
        }

        (Command command, string[] remaining) = Find(arguments);
        var parsed = ParsedArguments.Parse(command, remaining);
        if (parsed.Has("--help"))
        {
            await environment.Out.WriteAsync(HelpText.Of(command)).ConfigureAwait(false);
            return ExitCodes.Ok;
        }

        CommandResult result = await command.RunAsync(parsed, environment, cancellationToken).ConfigureAwait(false);
        if (parsed.Has("--json")) await environment.Out.WriteLineAsync(JsonOutput.Write(result.Json)).ConfigureAwait(false);
        else environment.Console(environment.Out).Write(new Rows(result.View));
        if (parsed.Value("--svg") is { } image) await SvgImage.SaveAsync(environment.PathOf(image), "routergen " + string.Join(' ', command.Name), result.View).ConfigureAwait(false);
        return result.ExitCode;
    }

    private static (Command Command, string[] Remaining) Find(string[] arguments)
    {
        foreach (Command command in All)
        {
            string[] words = command.Name.Split(' ');
            if (arguments.Take(words.Length).SequenceEqual(words)) return (command, arguments[words.Length..]);
        }

        string[] family = [.. All.Where(command => command.Name.StartsWith(arguments[0] + " ", StringComparison.Ordinal)).Select(command => "'" + command.Name + "'")];
        throw ToolException.Usage(family.Length > 0 ? $"'{arguments[0]}' is {string.Join(" or ", family)}." : $"There is no command '{arguments[0]}'. See: routergen --help");
    }
}
