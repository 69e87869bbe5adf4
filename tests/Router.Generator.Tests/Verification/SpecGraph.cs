using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tests;

/// <summary>Looks through what the generator keeps between runs for things that keep a compilation alive or never equal themselves.</summary>
internal static class SpecGraph
{
    private static readonly Type[] Forbidden = [typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(SyntaxReference), typeof(Location), typeof(Compilation), typeof(SemanticModel), typeof(Diagnostic)];

    public static void AssertClean(object? root) => Visit(root, "spec", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static void Visit(object? node, string path, HashSet<object> seen)
    {
        if (node is null || !seen.Add(node)) return;
        Type type = node.GetType();
        Assert.DoesNotContain(Forbidden, forbidden => forbidden.IsInstanceOfType(node));
        Assert.False(type.FullName!.StartsWith("System.Collections.Immutable.ImmutableArray", StringComparison.Ordinal), $"{path} is a bare ImmutableArray, which is equal to itself alone");
        if (type.IsPrimitive || type.IsEnum || node is string or decimal) return;
        if (node is IEnumerable items)
        {
            foreach (object? item in items) Visit(item, path + "[]", seen);
        }

        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            foreach (FieldInfo field in t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Visit(field.GetValue(node), path + "." + field.Name, seen);
            }
        }
    }
}
