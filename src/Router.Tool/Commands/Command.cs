namespace RouterGen.Tool.Commands;

/// <summary>A command of the tool: what it takes, for the parser and the help, and what it does.</summary>
internal abstract class Command
{
    private static readonly CommandOption[] Common =
    [
        new("--json", null, "prints JSON instead of tables"),
        new("--svg", "FILE", "writes what is printed as an image, too") { IsHidden = true },
        new("--help", null, "prints this") { Short = "-h" },
    ];

    /// <summary>The word after <c>routergen</c>; two words for a command of a family.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public abstract string Summary { get; }

    /// <summary>What its operands are called.</summary>
    public virtual string Operands => "";

    public virtual int MinOperands => 0;

    public virtual int MaxOperands => 0;

    /// <summary>Its options, besides those of all commands.</summary>
    public abstract CommandOption[] Options { get; }

    /// <summary>What follows its options in the help: when it exits with 1.</summary>
    public abstract string Problems { get; }

    public IEnumerable<CommandOption> AllOptions => Options.Concat(Common);

    /// <summary>Runs it.</summary>
    /// <param name="arguments">What it was called with.</param>
    /// <param name="environment">All that is around it.</param>
    /// <param name="cancellationToken">Ends it: Ctrl+C.</param>
    /// <exception cref="ToolException">It cannot be done.</exception>
    public abstract Task<CommandResult> RunAsync(ParsedArguments arguments, ToolEnvironment environment, CancellationToken cancellationToken);
}
