using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Tool.Commands;
using Spectre.Console;

namespace RouterGen.Tool.Check;

/// <summary><c>routergen check</c>: what the build says of models.json files, without the compiler.</summary>
internal sealed class CheckCommand : Command
{
    public override string Name => "check";

    public override string Summary => "Reports what the build would report of models.json files";

    public override string Operands => ProjectFiles.Operand;

    public override int MaxOperands => int.MaxValue;

    public override CommandOption[] Options { get; } = [new("--warnings", "IGNORE|FAIL", "whether warnings make it exit with 1; FAIL unless stated")];

    public override string Problems => "there are errors or warnings";

    public override Task<CommandResult> RunAsync(ParsedArguments arguments, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        bool warningsFail = arguments.Value("--warnings")?.ToUpperInvariant() switch
        {
            null or "FAIL" => true,
            "IGNORE" => false,
            _ => throw ToolException.Usage("--warnings must be IGNORE or FAIL."),
        };
        var files = ProjectFiles.Find(arguments.Operands, environment);
        ReadModels read = files.Read(environment.Time.GetUtcNow(), cancellationToken);
        CheckedProblem[] problems = [.. read.Problems.Select(CheckedProblem.Of).OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)];
        int groups = read.Classes.Sum(@class => @class.Groups.Count);
        ProblemSeverity least = warningsFail ? ProblemSeverity.Warning : ProblemSeverity.Error;
        int exitCode = Array.Exists(problems, problem => problem.Severity >= least) ? ExitCodes.Problems : ExitCodes.Ok;
        string counted = $"{files.Models.Count} {(files.Models.Count == 1 ? "file" : "files")}, {groups} {(groups == 1 ? "group" : "groups")}, {problems.Length} {(problems.Length == 1 ? "problem" : "problems")}";
        var view = new Rows([.. problems.Select(problem => problem.ToMarkup()), new Markup(exitCode == ExitCodes.Ok ? $"[green]{counted}[/]" : $"[red]{counted}[/]")]);
        return Task.FromResult(new CommandResult(exitCode, new { files = files.Models.Concat(files.Prices).Select(file => file.Path), groups, problems }, view));
    }
}

/// <summary>A problem as the compiler prints it.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The column, counted from 1.</param>
/// <param name="EndLine">The line of its end.</param>
/// <param name="EndColumn">The column of its end.</param>
/// <param name="Severity">How severe it is.</param>
/// <param name="Id">The diagnostic.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record CheckedProblem(string File, int Line, int Column, int EndLine, int EndColumn, ProblemSeverity Severity, string Id, string Message)
{
    public static CheckedProblem Of(DeclarationProblem problem) => problem.Place is FilePlace { Start: var start, End: var end } place
        ? new(place.Path, start.Line + 1, start.Column + 1, end.Line + 1, end.Column + 1, problem.Severity, problem.Kind.Id, problem.Message)
        : new("", 0, 0, 0, 0, problem.Severity, problem.Kind.Id, problem.Message);

    /// <summary>In the form of the compiler's messages, which editors and build servers find.</summary>
    public Markup ToMarkup()
    {
        string color = Severity switch { ProblemSeverity.Error => "red", ProblemSeverity.Warning => "yellow", _ => "blue" };
        return new($"{Markup.Escape($"{File}({Line},{Column})")}: [{color}]{Severity.ToString().ToLowerInvariant()} {Id}[/]: {Markup.Escape(Message)}");
    }
}
