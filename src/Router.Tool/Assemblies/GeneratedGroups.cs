using System.Reflection.Metadata;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Names;

namespace RouterGen.Tool.Assemblies;

/// <summary>The classes that the generator made for the groups of a class: each has a property for each of its deployments.</summary>
internal sealed class GeneratedGroups
{
    private readonly Dictionary<string, HashSet<string>> _members = new(StringComparer.Ordinal);
    private readonly MemberNames _names;

    /// <param name="reader">The metadata.</param>
    /// <param name="type">The class with the groups.</param>
    /// <param name="taken">The names that its own members have.</param>
    public GeneratedGroups(MetadataReader reader, TypeDefinition type, IEnumerable<string> taken)
    {
        _names = new(taken);
        foreach (TypeDefinition nested in type.GetNestedTypes().Select(reader.GetTypeDefinition))
        {
            _members[reader.GetString(nested.Name)] = [.. nested.GetProperties().Select(property => reader.GetString(reader.GetPropertyDefinition(property).Name).TrimEnd('_'))];
        }
    }

    /// <summary>Whether the class that was made for a group has a deployment.</summary>
    public bool Has(DeclaredArguments group, DeclaredArguments deployment) =>
        _members.TryGetValue(_names.ForGroup(group.Text("Name") ?? "") + MemberNames.TypeSuffix, out HashSet<string>? members)
        && members.Contains(Identifiers.Pascal(deployment.Text("Name") ?? deployment.Text("Model") ?? "", "Deployment"));
}
