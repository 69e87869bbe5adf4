using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Diagnostics;

/// <summary>The problems of one declaration while it is parsed.</summary>
internal sealed class ProblemList
{
    private readonly ImmutableArray<DeclarationProblem>.Builder _problems = ImmutableArray.CreateBuilder<DeclarationProblem>();

    public int Count => _problems.Count;

    /// <summary>Whether an error was added since there were <paramref name="count"/> problems.</summary>
    public bool HasErrorSince(int count) => _problems.Skip(count).Any(problem => problem.Descriptor.DefaultSeverity is DiagnosticSeverity.Error);

    public void Add(DiagnosticDescriptor descriptor, Location location, params object[] arguments) =>
        _problems.Add(new(descriptor, location, Shown(arguments), ImmutableDictionary<string, string?>.Empty));

    /// <summary>Adds a problem that a code fix can mend with <paramref name="value"/>; null where there is nothing to offer.</summary>
    public void AddFixable(DiagnosticDescriptor descriptor, Location location, string property, string? value, params object[] arguments) =>
        _problems.Add(new(descriptor, location, Shown(arguments), value is null
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(property, value)));

    // Whatever a message quotes may be a key in the wrong place.
    private static ImmutableArray<object> Shown(object[] arguments) => [.. arguments.Select(argument => argument is string text ? Secrets.Redact(text) : argument)];

    /// <summary>The problems, each once: what is stated in one place for all groups is wrong with each of them.</summary>
    public ImmutableArray<DeclarationProblem> ToImmutable() =>
    [
        .. from problem in _problems
           group problem by (problem.Descriptor.Id, problem.Location, string.Join("\n", problem.Arguments)) into same
           select same.First(),
    ];
}
