using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RouterGen.Declarations.Names;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Emit;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Answers;

/// <summary>Reads the members of an object: its public properties that can be set, and how they are set.</summary>
internal sealed class ObjectReader(TypeReader types, List<AnswerProblem> problems, CancellationToken cancellationToken)
{
    // The words of emitted code that locals must not be.
    private static readonly string[] Words = ["reader", "value"];

    /// <summary>Reads the members of a type: the constructor's parameters first, in their order.</summary>
    /// <returns>None where the type cannot be made; the problem says why.</returns>
    public List<MemberSpec> Read(INamedTypeSymbol type)
    {
        if (type.IsAbstract || type.TypeKind is TypeKind.Interface) return Refuse(type, "is abstract");
        if (ConstructorOf(type) is not { } constructor) return Refuse(type, "has no public constructor that is the only one, or that has no parameters, or that has [JsonConstructor]");
        bool setsRequired = KnownAttributes.Find(KnownAttributes.SetsRequiredMembers, constructor) is not null;
        List<IPropertySymbol> properties = PropertiesOf(type);
        List<MemberSpec> members = [];
        var locals = new HashSet<string>(Words, StringComparer.Ordinal);
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            IPropertySymbol? property = properties.Find(candidate => string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            if (property is null || KnownAttributes.Find(KnownAttributes.Ignore, property) is not null) return Refuse(type, $"has a constructor whose parameter '{parameter.Name}' is none of its properties");
            properties.Remove(property);
            Add(members, locals, type, property, parameter, MemberTarget.Parameter);
        }

        foreach (IPropertySymbol property in properties)
        {
            if (property.SetMethod is not { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal } setter) continue;
            if (property.SetMethod.DeclaredAccessibility is Accessibility.Internal && !IsOwn(type)) continue;
            if (KnownAttributes.Find(KnownAttributes.Ignore, property) is not null) continue;
            bool isLate = !setter.IsInitOnly && (!property.IsRequired || setsRequired) && HasInitializer(property);
            Add(members, locals, type, property, null, isLate ? MemberTarget.Setter : MemberTarget.Initializer);
        }

        if (members.Count == 0 && !problems.Exists(problem => problem.IsError)) return Refuse(type, "has no public property that can be set");
        IGrouping<string, MemberSpec>? twice = members.GroupBy(member => member.JsonName, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is null) return members.ConvertAll(member => member with { Flag = LocalOf("Has" + member.Name.TrimStart('@'), locals) });
        problems.Add(new(DiagnosticDescriptors.DuplicateAnswerMember, type.Locations.FirstOrDefault(), type.Name, twice.First().Name, twice.Last().Name, twice.Key));
        return [];
    }

    private void Add(List<MemberSpec> members, HashSet<string> locals, INamedTypeSymbol type, IPropertySymbol property, IParameterSymbol? parameter, MemberTarget target)
    {
        if (types.Read(parameter?.Type ?? property.Type) is not { } use)
        {
            problems.Add(new(DiagnosticDescriptors.UnreadableAnswerMember, PlaceOf(property, parameter, type), property.Name, type.Name, property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
            return;
        }

        string jsonName = KnownAttributes.Find(KnownAttributes.PropertyName, property).Argument<string>(0) ?? JsonNames.CamelCase(property.Name);
        members.Add(new(jsonName, Identifiers.Escape(property.Name), LocalOf(property.Name, locals), use, target)
        {
            Description = KnownAttributes.Find(KnownAttributes.Description, property, parameter).Argument<string>(0)
                ?? SummaryOf(property, parameter, type),
            Default = parameter is { HasExplicitDefaultValue: true } ? DefaultOf(parameter) : null,
            Rules = RuleReader.Read(property, parameter, types.At(use.Type).Shape),
        });
    }

    private List<MemberSpec> Refuse(INamedTypeSymbol type, string reason)
    {
        problems.Add(new(DiagnosticDescriptors.UnmakeableAnswer, type.Locations.FirstOrDefault(), type.Name, reason));
        return [];
    }

    // The one with [JsonConstructor], else the one without parameters, else the only one. A struct's own one is the last choice.
    private static IMethodSymbol? ConstructorOf(INamedTypeSymbol type)
    {
        List<IMethodSymbol> all = [.. type.InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility is Accessibility.Public || (constructor.DeclaredAccessibility is Accessibility.Internal && IsOwn(constructor)))];
        List<IMethodSymbol> stated = [.. all.Where(constructor => !(type.IsValueType && constructor.IsImplicitlyDeclared))];
        return all.Find(constructor => KnownAttributes.Find(KnownAttributes.Constructor, constructor) is not null)
            ?? stated.Find(constructor => constructor.Parameters.IsEmpty)
            ?? (stated.Count == 1 ? stated[0] : null)
            ?? all.Find(constructor => constructor.Parameters.IsEmpty);
    }

    private static bool IsOwn(ISymbol symbol) => !symbol.DeclaringSyntaxReferences.IsEmpty || symbol.ContainingType is { DeclaringSyntaxReferences.IsEmpty: false };

    private static List<IPropertySymbol> PropertiesOf(INamedTypeSymbol type)
    {
        List<IPropertySymbol> all = [];
        for (INamedTypeSymbol? t = type; t is { SpecialType: SpecialType.None }; t = t.BaseType)
        {
            all.InsertRange(0, t.GetMembers().OfType<IPropertySymbol>().Where(property =>
                property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null } && !all.Exists(later => later.Name == property.Name)));
        }

        return all;
    }

    private bool HasInitializer(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is PropertyDeclarationSyntax { Initializer: not null });

    private static Location? PlaceOf(IPropertySymbol property, IParameterSymbol? parameter, INamedTypeSymbol type) =>
        property.Locations.FirstOrDefault(place => place.IsInSource) ?? parameter?.Locations.FirstOrDefault() ?? type.Locations.FirstOrDefault();

    // The property of a record's parameter is documented with the record.
    private string? SummaryOf(IPropertySymbol property, IParameterSymbol? parameter, INamedTypeSymbol type)
    {
        bool isOfParameter = property.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is ParameterSyntax);
        return (isOfParameter ? null : DocumentationText.SummaryOf(property, cancellationToken))
            ?? (parameter is null ? null : DocumentationText.ParameterOf(type, parameter.Name, cancellationToken));
    }

    private static string DefaultOf(IParameterSymbol parameter)
    {
        object? value = parameter.ExplicitDefaultValue;
        if (value is null) return "default";
        string text = value switch
        {
            float number when float.IsNaN(number) || float.IsInfinity(number) => "default",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
            string words => Literal.Of(words),
            _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false),
        };
        ITypeSymbol type = TypeReader.Bare(parameter.Type);
        return type.TypeKind is TypeKind.Enum ? $"({type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})({text})" : text;
    }

    private static string LocalOf(string name, HashSet<string> taken)
    {
        string local = JsonNames.CamelCase(char.ToUpperInvariant(name[0]) + name.Substring(1));
        while (!taken.Add(local)) local += "_";
        return Identifiers.Escape(local);
    }
}
