namespace RouterGen.Declarations.Names;

/// <summary>The names that a class's generated members may have: none that the class has already.</summary>
internal sealed class MemberNames
{
    /// <summary>What follows an accessor's name in the name of its type.</summary>
    public const string TypeSuffix = "Group";

    /// <summary>What the generated members' <c>[GeneratedCode]</c> names as their tool.</summary>
    public const string GeneratedBy = "RouterGen";

    private readonly HashSet<string> _taken;

    public MemberNames(IEnumerable<string> taken)
    {
        _taken = new(taken, StringComparer.Ordinal);
        Ambient = Identifiers.Claim("Ambient", _taken);
        Configure = Identifiers.Claim("Configure", _taken);
        Describe = Identifiers.Claim("Describe", _taken);
        FallbackGraph = Identifiers.Claim("FallbackGraph", _taken);
        Override = Identifiers.Claim("Override", _taken);
    }

    /// <summary>The name of the nested class that holds a static class's options.</summary>
    public string Ambient { get; }

    /// <summary>The name of the method that sets them.</summary>
    public string Configure { get; }

    /// <summary>The name of the method that describes the groups.</summary>
    public string Describe { get; }

    /// <summary>The name of the constant with the graph of their fallbacks.</summary>
    public string FallbackGraph { get; }

    /// <summary>The name of the method that replaces a static class's groups in a part of the program.</summary>
    public string Override { get; }

    /// <summary>The accessor's name for a group: such that neither it nor its type hides a member of the class.</summary>
    public string ForGroup(string group)
    {
        string name = Identifiers.Pascal(group, "Group");
        while (_taken.Contains(name) || _taken.Contains(name + TypeSuffix)) name += TypeSuffix;
        return name;
    }
}
