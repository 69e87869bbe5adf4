using System.Collections.Immutable;
using RouterGen.Declarations.Model;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tools;

/// <summary>The file of a class with tools.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Class">The class.</param>
internal sealed record ToolFile(string HintName, ToolClassSpec Class)
{
    /// <summary>The files of all classes: with names that are apart from one another's, and from those of groups.</summary>
    public static EquatableArray<ToolFile> Of(ImmutableArray<ToolClassSpec> classes)
    {
        var hints = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return classes.OrderBy(spec => spec.QualifiedName, StringComparer.Ordinal)
            .Select(spec => new ToolFile(HintNames.Claim(spec.QualifiedName.Substring("global::".Length), "-Tools", hints), spec))
            .ToEquatableArray();
    }
}
