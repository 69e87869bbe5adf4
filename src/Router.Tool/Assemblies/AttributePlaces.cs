using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Tool.Assemblies;

/// <summary>The place of an attribute in an assembly, which knows nothing of lines.</summary>
/// <param name="Assembly">The path of the assembly.</param>
/// <param name="Bearer">The class with the attribute; for one of the assembly itself its name.</param>
/// <param name="Attribute">The attribute, as one would write it; null for the class itself.</param>
/// <param name="Number">Which of the bearer's attributes it is: two may be written alike.</param>
/// <param name="Property">The property that is meant; null for the whole attribute.</param>
internal sealed record AttributePlace(string Assembly, string Bearer, string? Attribute, int Number, string? Property) : Place
{
    public override string Path => Assembly;
}

/// <summary>Where an attribute of an assembly states what it states.</summary>
internal sealed class AttributePlaces : ArgumentPlaces
{
    private readonly AttributePlace _whole;

    /// <param name="assembly">The path of the assembly.</param>
    /// <param name="bearer">The class with the attribute, or the assembly.</param>
    /// <param name="isOfAssembly">Whether the assembly has it.</param>
    /// <param name="kind">What it declares.</param>
    /// <param name="stated">What it states.</param>
    /// <param name="number">Which of the bearer's attributes it is.</param>
    public AttributePlaces(string assembly, string bearer, bool isOfAssembly, DeclarationKind kind, DeclaredArguments stated, int number)
    {
        string name = kind.Attribute[(kind.Attribute.LastIndexOf('.') + 1)..^nameof(Attribute).Length];
        string first = stated.Text(kind.Properties[0].Name) ?? "";
        string group = kind == DeclarationKind.Deployment && stated.Text("Group") is { } named ? $", Group = {Quote(named)}" : "";
        _whole = new(assembly, bearer, $"[{(isOfAssembly ? "assembly: " : "")}{name}({Quote(first)}{group})]", number, Property: null);
    }

    public override Place Of(string property) => _whole with { Property = property };

    public override Place Of(string property, int element) => Of(property);

    // What is quoted may be a key in the wrong place.
    private static string Quote(string text)
    {
        string shown = new([.. Secrets.Redact(text).Select(c => char.IsControl(c) ? '?' : c)]);
        return $"\"{shown.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
    }
}
