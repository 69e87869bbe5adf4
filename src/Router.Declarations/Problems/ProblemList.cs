using System.Collections.Immutable;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Problems;

/// <summary>The problems of one declaration while it is parsed.</summary>
internal sealed class ProblemList
{
    private readonly List<DeclarationProblem> _problems = [];

    public int Count => _problems.Count;

    /// <summary>Whether an error was added since there were <paramref name="count"/> problems.</summary>
    public bool HasErrorSince(int count) => _problems.Skip(count).Any(problem => problem.Kind.Severity is ProblemSeverity.Error);

    public void Add(ProblemKind kind, Place place, params object[] arguments) => _problems.Add(new(kind, place, Shown(arguments), Fix: null));

    /// <summary>Adds a problem that a code fix can mend with <paramref name="value"/>; null where there is nothing to offer.</summary>
    public void AddFixable(ProblemKind kind, Place place, string property, string? value, params object[] arguments) =>
        _problems.Add(new(kind, place, Shown(arguments), value is null ? null : new(property, value)));

    // Whatever a message quotes may be a key in the wrong place.
    private static ImmutableArray<object> Shown(object[] arguments) => [.. arguments.Select(argument => argument is string text ? Secrets.Redact(text) : argument)];

    /// <summary>The problems, each once: what is stated in one place for all groups is wrong with each of them.</summary>
    public ImmutableArray<DeclarationProblem> ToImmutable() =>
    [
        .. from problem in _problems
           group problem by (problem.Kind.Id, problem.Place, string.Join("\n", problem.Arguments)) into same
           select same.First(),
    ];
}
