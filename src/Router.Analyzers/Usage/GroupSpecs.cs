using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Specs;

namespace RouterGen.Analyzers.Usage;

/// <summary>What is declared of the groups that calls ask, by whatever means; a class is parsed when a group of it is first asked for.</summary>
internal sealed class GroupSpecs(ProjectModels models)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, ClassSpec?> _classes = new(SymbolEqualityComparer.Default);

    /// <summary>The group that a call asks; null where the call does not tell.</summary>
    public GroupSpec? Find(GroupCall call, CancellationToken cancellationToken)
    {
        if (call.Group.ContainingType is not { } owner) return null;
        ClassSpec? spec = _classes.GetOrAdd(owner, type => models.Parse(type, cancellationToken)?.Spec);
        return spec?.Groups.FirstOrDefault(group => group.TypeName == call.Group.Name);
    }

    /// <summary>Returns the names, in quotes, of the group's deployments whose models lack what a part of a request needs.</summary>
    public static List<string> Without(RequestFeature feature, GroupSpec group) =>
        [.. group.Deployments.Where(deployment => !feature.IsTakenBy(deployment.Traits)).Select(deployment => $"'{deployment.Name}'")];
}
