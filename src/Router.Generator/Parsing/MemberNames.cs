using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Parsing;

/// <summary>The names that a class's generated members may have: none that the class has already.</summary>
internal sealed class MemberNames
{
    /// <summary>What follows an accessor's name in the name of its type.</summary>
    public const string TypeSuffix = "Group";

    /// <summary>What the generated members' <c>[GeneratedCode]</c> names as their tool.</summary>
    public const string GeneratedBy = "RouterGen";

    private readonly HashSet<string> _taken;

    public MemberNames(INamedTypeSymbol type)
    {
        _taken = new(StringComparer.Ordinal) { type.Name };
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            bool isOwnSource = SymbolEqualityComparer.Default.Equals(t.ContainingAssembly, type.ContainingAssembly);
            _taken.UnionWith(t.GetMembers().Where(member => !(isOwnSource && IsGenerated(member))).Select(member => member.Name));
        }

        if (type.BaseType is null) _taken.UnionWith(["Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize"]);
        Ambient = Identifiers.Claim("Ambient", _taken);
        Configure = Identifiers.Claim("Configure", _taken);
    }

    /// <summary>The name of the nested class that holds a static class's options.</summary>
    public string Ambient { get; }

    /// <summary>The name of the method that sets them.</summary>
    public string Configure { get; }

    /// <summary>The accessor's name for a group: such that neither it nor its type hides a member of the class.</summary>
    public string ForGroup(string group)
    {
        string name = Identifiers.Pascal(group, "Group");
        while (_taken.Contains(name) || _taken.Contains(name + TypeSuffix)) name += TypeSuffix;
        return name;
    }

    // The generator does not see what it generates, but the analyzer does, and must come to the same names.
    private static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.Name is "GeneratedCodeAttribute" && attribute.ConstructorArguments.FirstOrDefault().AsPrimitive() is GeneratedBy);
}
