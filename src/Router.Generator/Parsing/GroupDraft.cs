using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>A group while its class is parsed.</summary>
internal sealed class GroupDraft(DeclaredArguments settings, string name, string memberName)
{
    /// <summary>What is stated of the group itself.</summary>
    public DeclaredArguments Settings { get; } = settings;

    public string Name { get; } = name;

    public string MemberName { get; } = memberName;

    public string TypeName { get; } = memberName + MemberNames.TypeSuffix;

    /// <summary>The deployments that were declared for the group, valid or not.</summary>
    public List<DeclaredArguments> Declared { get; } = [];

    public GroupSpec ToSpec(GroupSettings settings, IEnumerable<DeploymentSpec> deployments, IEnumerable<FallbackSpec> fallbacks) =>
        new(Name, MemberName, TypeName, settings, deployments.ToEquatableArray(), fallbacks.ToEquatableArray());
}
