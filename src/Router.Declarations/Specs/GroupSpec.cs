using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Specs;

/// <summary>One model group.</summary>
/// <param name="Name">Its name as declared.</param>
/// <param name="MemberName">The accessor's name.</param>
/// <param name="TypeName">The name of the accessor's type.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Policy">The type of the user's own that chooses in place of a strategy, as C#: see <see cref="UserType"/>.</param>
/// <param name="Deployments">Its deployments, in the order of their declaration.</param>
/// <param name="Fallbacks">The groups to turn to, by occasion.</param>
internal sealed record GroupSpec(
    string Name,
    string MemberName,
    string TypeName,
    SettingValues Settings,
    string? Policy,
    EquatableArray<DeploymentSpec> Deployments,
    EquatableArray<FallbackSpec> Fallbacks)
{
    /// <summary>Gets what its deployments are asked for.</summary>
    public CallKind Kind { get; init; }

    /// <summary>The members that a group's class has besides its deployments and what it inherits.</summary>
    public static readonly string[] OwnMembers = ["Instance", "In", "CreateDefinition", "Description", "Graph"];
}

/// <summary>The groups of the same class to turn to on one occasion.</summary>
/// <param name="Occasion">The property that lists them, for example <c>ContextWindowFallbacks</c>.</param>
/// <param name="Groups">The groups by name, in order.</param>
/// <param name="Members">Their accessors.</param>
/// <param name="Types">The types of these.</param>
internal sealed record FallbackSpec(string Occasion, EquatableArray<string> Groups, EquatableArray<string> Members, EquatableArray<string> Types);
