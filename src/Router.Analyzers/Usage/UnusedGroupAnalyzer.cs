using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Specs;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Emit;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0305: a group that this compilation never uses and no other one can see.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedGroupAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.UnusedGroup)
{
    // A Razor page uses groups too, and is generated code.
    private protected override GeneratedCodeAnalysisFlags GeneratedCode => GeneratedCodeAnalysisFlags.Analyze;

    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types, ProjectModels models)
    {
        // Friends see internal classes.
        if (context.Compilation.Assembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "InternalsVisibleToAttribute")) return;

        var classes = new ConcurrentBag<INamedTypeSymbol>();
        var used = new UsedMembers();
        context.RegisterSymbolAction(symbol => Collect((INamedTypeSymbol)symbol.Symbol, models, classes, symbol.CancellationToken), SymbolKind.NamedType);
        context.RegisterOperationBlockStartAction(block =>
        {
            // Codecs use no group, and are most of what is emitted.
            if (block.OperationBlocks.All(operation => CodecSources.IsEmitted(operation.Syntax.SyntaxTree.FilePath))) return;
            block.RegisterOperationAction(operation => CollectRead(operation, types, used), OperationKind.PropertyReference);
            block.RegisterOperationAction(operation => CollectRegistration(operation, used), OperationKind.Invocation, OperationKind.MethodReference);
        });
        context.RegisterCompilationEndAction(end =>
        {
            foreach (INamedTypeSymbol type in classes.Where(type => type.DeclaredAccessibility is not Accessibility.Public)) ReportUnused(end, type, classes, models, used);
        });
    }

    private static void Collect(INamedTypeSymbol type, ProjectModels models, ConcurrentBag<INamedTypeSymbol> classes, CancellationToken cancellationToken)
    {
        if (type is { TypeKind: TypeKind.Class, ContainingType: null } && models.Declares(type, cancellationToken)) classes.Add(type);
    }

    private static void CollectRead(OperationAnalysisContext context, GroupTypes types, UsedMembers used)
    {
        IPropertySymbol property = ((IPropertyReferenceOperation)context.Operation).Property;
        if (types.IsGroup(property.Type) && !IsEmitted(context.ContainingSymbol)) used.Add(property.OriginalDefinition);
    }

    private static void CollectRegistration(OperationAnalysisContext context, UsedMembers used)
    {
        IMethodSymbol method = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IMethodReferenceOperation reference => reference.Method,
            _ => throw new InvalidOperationException(),
        };
        if (IsEmitted(method.ContainingType) && method.ContainingType.IsStatic && !IsEmitted(context.ContainingSymbol)) used.AddRegistration(method.Name); // One overload calls the other.
    }

    private static void ReportUnused(CompilationAnalysisContext context, INamedTypeSymbol type, IEnumerable<INamedTypeSymbol> classes, ProjectModels models, UsedMembers used)
    {
        if (models.Parse(type, context.CancellationToken)?.Spec is not { } spec) return;
        if (spec.CanRegister)
        {
            IEnumerable<INamedTypeSymbol> namesakes = classes.Where(other => other.Name == type.Name && !SymbolEqualityComparer.Default.Equals(other, type));
            bool isAlone = !namesakes.Any(other => models.Parse(other, context.CancellationToken)?.Spec is { CanRegister: true });
            if (used.HasRegistrationBy(ServicesEmitter.MethodOf(spec.Header.ExtensionName(isAlone)))) return;
        }

        HashSet<string> reachable = [.. spec.Groups.SelectMany(group => group.Fallbacks).SelectMany(fallback => fallback.Members)];
        foreach (GroupSpec group in spec.Groups)
        {
            // What is not emitted yet cannot be used yet.
            if (reachable.Contains(group.MemberName) || type.GetMembers(group.MemberName).OfType<IPropertySymbol>().FirstOrDefault() is not { } accessor) continue;
            if (used.Contains(accessor)) continue;
            if (models.FindGroup(type, group.Name, context.CancellationToken) is not { } declared) continue;
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnusedGroup, declared.PlaceOf("Name").ToLocation(), group.Name, type.Name, group.MemberName));
        }
    }

    // The emitted registration names every group, and the emitted constructor sets every one: that is no use.
    private static bool IsEmitted(ISymbol? symbol)
    {
        for (; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.GetAttributes().Any(attribute =>
                attribute.AttributeClass?.Name is "GeneratedCodeAttribute"
                && attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: MemberNames.GeneratedBy }))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What was seen in use, by many threads.</summary>
    private sealed class UsedMembers
    {
        private readonly ConcurrentDictionary<ISymbol, bool> _accessors = new(SymbolEqualityComparer.Default);
        private readonly ConcurrentDictionary<string, bool> _registrations = new(StringComparer.Ordinal);

        public void Add(IPropertySymbol accessor) => _accessors.TryAdd(accessor, true);

        public void AddRegistration(string method) => _registrations.TryAdd(method, true);

        public bool Contains(IPropertySymbol accessor) => _accessors.ContainsKey(accessor);

        public bool HasRegistrationBy(string method) => _registrations.ContainsKey(method);
    }
}
