using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Problems;
using RouterGen.Tool.Commands;
using Spectre.Console;

namespace RouterGen.Tool.Check;

/// <summary><c>routergen check</c>: what the build says of declarations, without the compiler.</summary>
internal sealed class CheckCommand : Command
{
    public override string Name => "check";

    public override string Summary => "Reports what the build would report of model groups, in files and in built assemblies";

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
        string counted = $"{files.Count} {(files.Count == 1 ? "file" : "files")}, {groups} {(groups == 1 ? "group" : "groups")}, {problems.Length} {(problems.Length == 1 ? "problem" : "problems")}";
        var view = new Rows([.. problems.Select(problem => problem.ToMarkup()), new Markup(exitCode == ExitCodes.Ok ? $"[green]{counted}[/]" : $"[red]{counted}[/]")]);
        return Task.FromResult(new CommandResult(exitCode, new { files = files.Paths, groups, notices = files.Notices, problems }, view));
    }
}
