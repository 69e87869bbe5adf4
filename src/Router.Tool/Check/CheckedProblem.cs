using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;
using RouterGen.Tool.Assemblies;
using Spectre.Console;

namespace RouterGen.Tool.Check;

/// <summary>A problem as the compiler prints it.</summary>
/// <param name="File">The file or the assembly.</param>
/// <param name="Severity">How severe it is.</param>
/// <param name="Id">The diagnostic.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record CheckedProblem(string File, ProblemSeverity Severity, string Id, string Message)
{
    /// <summary>Gets the line, counted from 1; null in an assembly, which has none.</summary>
    public int? Line { get; init; }

    /// <summary>Gets the column, counted from 1.</summary>
    public int? Column { get; init; }

    /// <summary>Gets the line of its end.</summary>
    public int? EndLine { get; init; }

    /// <summary>Gets the column of its end.</summary>
    public int? EndColumn { get; init; }

    /// <summary>Gets the class with the attribute, or the assembly that has it itself; null in a file.</summary>
    public string? Class { get; init; }

    /// <summary>Gets the attribute, as one would write it; null in a file, or where the class itself is meant.</summary>
    public string? Attribute { get; init; }

    /// <summary>Gets the property of the attribute; null where all of it is meant.</summary>
    public string? Property { get; init; }

    /// <summary>Gets the place, as messages begin.</summary>
    internal string Where => Class is null ? Line is null ? File : $"{File}({Line},{Column})" : Attribute is null ? Class : $"{Class} {Attribute}";

    public static CheckedProblem Of(DeclarationProblem problem)
    {
        var found = new CheckedProblem(problem.Place.Path, problem.Severity, problem.Kind.Id, problem.Message);
        return problem.Place switch
        {
            FilePlace { Start: var start, End: var end } => found with { Line = start.Line + 1, Column = start.Column + 1, EndLine = end.Line + 1, EndColumn = end.Column + 1 },
            AttributePlace place => found with { Class = place.Bearer, Attribute = place.Attribute, Property = place.Property },
            _ => found,
        };
    }

    /// <summary>In the form of the compiler's messages, which editors and build servers find.</summary>
    public Markup ToMarkup()
    {
        string color = Severity switch { ProblemSeverity.Error => "red", ProblemSeverity.Warning => "yellow", _ => "blue" };
        return new($"{Markup.Escape(Where)}: [{color}]{Severity.ToString().ToLowerInvariant()} {Id}[/]: {Markup.Escape(Message)}");
    }
}
