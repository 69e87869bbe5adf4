using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Answers;

/// <summary>Reads a type that a model can answer with. The generator keeps what is read, the analyzer what is wrong.</summary>
internal static class AnswerParser
{
    private const string CodeName = "StructuredAnswerCode";

    /// <summary>Reads a type.</summary>
    /// <returns>The answer, null where nothing can be emitted; and what is wrong.</returns>
    public static (AnswerSpec? Answer, List<AnswerProblem> Problems) Parse(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        List<AnswerProblem> problems = [];
        if (WhyNotExtensible(type, cancellationToken) is { } demands)
        {
            problems.Add(new(DiagnosticDescriptors.AnswerNotExtensible, type.Locations.FirstOrDefault(), type.Name, demands) { MissesPartial = demands is "be partial" });
            return (null, problems);
        }

        var types = new TypeReader(cancellationToken);
        var objects = new ObjectReader(types, problems, cancellationToken);
        types.Read(type);
        while (types.TryTakeObject(out int index, out INamedTypeSymbol next)) types.Complete(index, objects.Read(next));
        problems = problems.ConvertAll(problem => problem with { Location = Within(type, problem.Location) });
        if (problems.Exists(problem => problem.IsError)) return (null, problems);

        AttributeData? attribute = KnownAttributes.Find(KnownAttributes.StructuredAnswer, type);
        var answer = new AnswerSpec(
            type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)) : "",
            DeclarationsOf(type),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            attribute?.Named<string>("Name") is { Length: > 0 } name ? name : type.Name,
            FreeName(type),
            types.Types);
        if (answer.Types.FirstOrDefault(spec => spec.Shape is TypeShape.Dictionary) is { } dictionary)
        {
            problems.Add(new(DiagnosticDescriptors.AnswerNotStrict, type.Locations.FirstOrDefault(), type.Name, dictionary.Name.Replace("global::", "")));
        }

        return (answer, problems);
    }

    // An editor shows what is in the type's own declaration. What is wrong with a type that it uses is shown at its name.
    private static Location? Within(INamedTypeSymbol type, Location? place) =>
        type.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == place?.SourceTree && reference.Span.Contains(place.SourceSpan)) ? place : type.Locations.FirstOrDefault();

    private static string? WhyNotExtensible(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        List<string> demands = [];
        if (!IsPartial(type, cancellationToken)) demands.Add("be partial");
        if (type.Arity > 0 || Around(type).Any(outer => outer.Arity > 0)) demands.Add("not be generic");
        if (type.IsStatic) demands.Add("not be static");
        if (type.IsFileLocal || Around(type).Any(outer => outer.IsFileLocal)) demands.Add("not be local to its file");
        if (type.IsRefLikeType) demands.Add("not be a ref struct");
        if (Around(type).Any(outer => !IsPartial(outer, cancellationToken))) demands.Add("be nested in partial types alone");
        return demands.Count == 0 ? null : string.Join(" and ", demands);
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences.All(reference =>
        reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) yield return outer;
    }

    private static EquatableArray<string> DeclarationsOf(INamedTypeSymbol type) =>
        Around(type).Reverse().Append(type).Select(each => $"partial {KeywordOf(each)} {Identifiers.Escape(each.Name)}").ToEquatableArray();

    private static string KeywordOf(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { IsValueType: true, IsRecord: true } => "record struct",
        { IsValueType: true } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };

    private static string FreeName(INamedTypeSymbol type)
    {
        string name = CodeName;
        while (!type.GetMembers(name).IsEmpty) name += "_";
        return name;
    }
}
