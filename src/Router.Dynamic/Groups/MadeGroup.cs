using RouterGen.Declarations.Specs;
using RouterGen.Dynamic.Definitions;
using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Groups;

/// <summary>A group that was made of a spec.</summary>
/// <param name="Group">The group.</param>
/// <param name="Fallbacks">The groups that it turns to.</param>
internal sealed record MadeGroup(ModelGroup Group, FallbackGroups Fallbacks)
{
    /// <summary>Makes a group, without fallbacks at first.</summary>
    public static MadeGroup Of(GroupSpec spec, RouterContext context)
    {
        var fallbacks = new FallbackGroups(spec);
        return new(GroupTable.Make((CallKind)(int)spec.Kind, context, DefinitionMaker.Make(spec), fallbacks), fallbacks);
    }
}
