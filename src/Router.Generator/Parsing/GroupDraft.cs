using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>A group while its class is parsed.</summary>
internal sealed class GroupDraft(AttributeArguments attribute, string name, string memberName)
{
    public AttributeArguments Attribute { get; } = attribute;

    public string Name { get; } = name;

    public string MemberName { get; } = memberName;

    public string TypeName { get; } = memberName + MemberNames.TypeSuffix;

    /// <summary>The [Deployment] attributes that are the group's, valid or not.</summary>
    public List<AttributeArguments> Declared { get; } = [];

    public GroupSpec ToSpec(GroupSettings settings, IEnumerable<DeploymentSpec> deployments, IEnumerable<FallbackSpec> fallbacks) =>
        new(Name, MemberName, TypeName, settings, deployments.ToEquatableArray(), fallbacks.ToEquatableArray());
}
