using RouterGen.Declarations.Specs;

namespace RouterGen.Dynamic.Groups;

/// <summary>The groups that a group turns to. Found anew whenever the groups of the file change.</summary>
internal sealed class FallbackGroups(GroupSpec spec)
{
    private volatile ModelGroup[] _any = [];
    private volatile ModelGroup[] _largerWindow = [];
    private volatile ModelGroup[] _otherPolicy = [];

    public ModelGroup[] Any => _any;

    public ModelGroup[] LargerWindow => _largerWindow;

    public ModelGroup[] OtherPolicy => _otherPolicy;

    /// <summary>Finds the groups.</summary>
    public void Connect(IReadOnlyDictionary<string, ModelGroup> groups)
    {
        _any = Find(nameof(ModelGroupAttribute.Fallbacks), groups);
        _largerWindow = Find(nameof(ModelGroupAttribute.ContextWindowFallbacks), groups);
        _otherPolicy = Find(nameof(ModelGroupAttribute.ContentPolicyFallbacks), groups);
    }

    // The parser has found each of them.
    private ModelGroup[] Find(string occasion, IReadOnlyDictionary<string, ModelGroup> groups) =>
        [.. spec.Fallbacks.Where(fallback => fallback.Occasion == occasion).SelectMany(fallback => fallback.Groups).Select(name => groups[name])];
}
