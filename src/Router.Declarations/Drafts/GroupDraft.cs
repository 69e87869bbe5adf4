using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Drafts;

/// <summary>A group while its class is parsed.</summary>
internal sealed class GroupDraft(DeclaredArguments settings, string name, string memberName)
{
    /// <summary>What is stated of the group itself.</summary>
    public DeclaredArguments Settings { get; private set; } = settings;

    public string Name { get; } = name;

    public string MemberName { get; } = memberName;

    /// <summary>What its deployments are asked for.</summary>
    public CallKind Kind { get; set; }

    public string TypeName { get; } = memberName + MemberNames.TypeSuffix;

    /// <summary>The strategy that is stated and means one; a policy chooses in its place.</summary>
    public RoutingStrategy? Strategy =>
        Settings.Integer("Strategy") is { } stated and not (int)RoutingStrategy.Default && Enum.IsDefined(typeof(RoutingStrategy), stated) ? (RoutingStrategy)stated : null;

    /// <summary>Whether the stated strategy chooses, and not a policy.</summary>
    public bool ChoosesBy(RoutingStrategy strategy) => Strategy == strategy && !Settings.Has("Policy");

    /// <summary>The deployments that were declared for the group, valid or not.</summary>
    public List<DeclaredArguments> Declared { get; } = [];

    /// <summary>Adds what a further source states of the group itself.</summary>
    public void Extend(DeclaredArguments settings, ProblemList problems) => Settings = Settings.With(settings, $"Model group '{Name}'", problems);

    /// <summary>Adds a source's deployments. One that an earlier source has too is the same, and one source may have it twice.</summary>
    public void Declare(IEnumerable<DeclaredArguments> deployments, ProblemList problems)
    {
        int earlier = Declared.Count;
        foreach (DeclaredArguments deployment in deployments)
        {
            int same = Declared.FindIndex(0, earlier, other => Identity(other) == Identity(deployment));
            if (same < 0) Declared.Add(deployment);
            else Declared[same] = Declared[same].With(deployment, $"Deployment '{Identity(deployment)}' of model group '{Name}'", problems);
        }
    }

    private static string? Identity(DeclaredArguments deployment) => deployment.Text("Name") ?? deployment.Text("Model");

    public GroupSpec ToSpec(SettingValues settings, string? policy, IEnumerable<DeploymentSpec> deployments, IEnumerable<FallbackSpec> fallbacks) =>
        new(Name, MemberName, TypeName, settings, policy, deployments.ToEquatableArray(), fallbacks.ToEquatableArray()) { Kind = Kind };
}
