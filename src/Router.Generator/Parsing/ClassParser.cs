using Microsoft.CodeAnalysis;
using RouterGen.Generator.Catalog;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>
/// Reads all that a class declares, valid or not. One parser, two readers: the generator takes the spec, the analyzer
/// the problems. It never throws for what somebody wrote.
/// </summary>
internal static class ClassParser
{
    private static readonly SymbolDisplayFormat QualifiedFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Whether a class declares anything that this parser reads.</summary>
    public static bool DeclaresAnything(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.TypeKind is TypeKind.Class
        && (type.GetAttributes().WithName(AttributeNames.ModelGroup, cancellationToken).Any()
            || type.GetAttributes().WithName(AttributeNames.Deployment, cancellationToken).Any()
            || type.GetAttributes().WithName(AttributeNames.Provider, cancellationToken).Any());

    /// <summary>The first declaration of a class that bears a [ModelGroup]: the one on whose account the class is generated.</summary>
    public static SyntaxNode? FirstDeclaration(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.GetAttributes().WithName(AttributeNames.ModelGroup, cancellationToken).FirstOrDefault()?.Declaration;

    public static ParsedClass Parse(INamedTypeSymbol type, ModelCatalog catalog, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        List<AttributeArguments> groupAttributes = [.. type.GetAttributes().WithName(AttributeNames.ModelGroup, cancellationToken)];
        List<AttributeArguments> deploymentAttributes = [.. type.GetAttributes().WithName(AttributeNames.Deployment, cancellationToken)];
        ProviderTable providers = ProviderTable.Of(type, catalog, problems, cancellationToken);
        bool canGenerate = groupAttributes.Count > 0 && ClassShape.Check(type, problems, cancellationToken);

        var names = new MemberNames(type);
        var groupParser = new GroupParser(type.Name, problems);
        List<GroupDraft> groups = groupParser.ParseGroups(groupAttributes, names);
        bool allAssigned = groupParser.Assign(deploymentAttributes, groups, groupAttributes.ToLookup(group => (object?)group.Declaration, group => group.Text(0) ?? ""));

        var deploymentParser = new DeploymentParser(providers, problems);
        var fallbackParser = new FallbackParser(type.Name, groups, problems);
        string[] reservedNames = [.. GroupSpec.OwnMembers, names.Ambient, .. groups.Take(1).SelectMany(InheritedNames)];
        List<GroupSpec> specs = [];
        foreach (GroupDraft group in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (group.Declared.Count == 0 && allAssigned)
            {
                problems.Add(DiagnosticDescriptors.GroupWithoutDeployments, group.Attribute.LocationOf(0), group.Name, "\"" + group.Name + "\"");
            }

            specs.Add(group.ToSpec(groupParser.ParseSettings(group), deploymentParser.Parse(group, reservedNames), fallbackParser.Parse(group)));
        }

        fallbackParser.ReportCycles();
        return new ParsedClass(canGenerate && specs.Count > 0 ? ToSpec(type, names, specs) : null, problems.ToImmutable());
    }

    private static ClassSpec ToSpec(INamedTypeSymbol type, MemberNames names, List<GroupSpec> groups)
    {
        string @namespace = type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString(QualifiedFormat) : "";
        var header = new ClassHeader(@namespace, Identifiers.Escape(type.Name), type.IsRecord ? "record" : "class", type.IsStatic, names.Ambient);
        bool canRegister = type is { IsStatic: false, IsAbstract: false };
        return new(header, names.Configure, type.DeclaredAccessibility is Accessibility.Public, canRegister, groups.ToEquatableArray());
    }

    // What each group's class inherits. Its base class comes with the attribute, from one assembly.
    private static IEnumerable<string> InheritedNames(GroupDraft group)
    {
        for (INamedTypeSymbol? t = group.Attribute.Class?.ContainingAssembly.GetTypeByMetadataName("RouterGen.ModelGroup"); t is not null; t = t.BaseType)
        {
            foreach (string name in t.MemberNames) yield return name;
        }
    }
}
