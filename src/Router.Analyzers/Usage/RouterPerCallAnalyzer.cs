using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Declarations.Arguments;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Symbols;

namespace RouterGen.Analyzers.Usage;

/// <summary>
/// RG0306: a method makes a class of groups, asks it, and drops it, and with it all that was learnt about the
/// deployments. A program's entry point may, and so may tests: they run once.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RouterPerCallAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.RouterPerCall)
{
    private static readonly string[] TestNamespaces = ["Xunit", "NUnit", "Microsoft.VisualStudio.TestTools.UnitTesting", "TUnit", "BenchmarkDotNet"];

    /// <summary>What becomes of a router, the most consequential last.</summary>
    private enum Fate
    {
        Dropped,
        Asked,
        Escapes,
    }

    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types, ProjectModels models)
    {
        IMethodSymbol? main = context.Compilation.GetEntryPoint(context.CancellationToken);
        context.RegisterOperationAction(operation => Check(operation, types, main), OperationKind.ObjectCreation);
    }

    private static void Check(OperationAnalysisContext context, GroupTypes types, IMethodSymbol? main)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is not INamedTypeSymbol type || !IsRouter(type, types)) return;
        if (FateOf(creation, types) is not Fate.Asked || !RunsPerCall(creation, context.ContainingSymbol, main)) return;
        context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.RouterPerCall, creation.Syntax.GetLocation(), type.Name, Advice(type)));
    }

    // An instance of a class that declares groups, or a group made by hand.
    private static bool IsRouter(INamedTypeSymbol type, GroupTypes types) =>
        types.IsGroup(type) || type.GetAttributes().WithName(AttributeNames.ModelGroup).Any();

    private static string Advice(INamedTypeSymbol type) =>
        type.ContainingNamespace.GetTypeMembers(type.Name + "ServiceCollectionExtensions").FirstOrDefault() is null
            ? ""
            : $", as services.Add{type.Name}() does";

    // Code that passes it on, returns it or stores it may keep it for long; only what is certain counts as dropped.
    private static Fate FateOf(IOperation router, GroupTypes types)
    {
        switch (router.User())
        {
            case IInvocationOperation call when types.AsCall(call) is not null && call.Instance?.WithoutConversions() == router:
            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation extended } when types.AsCall(extended) is { IsExtension: true }:
                return Fate.Asked;
            case IPropertyReferenceOperation property when property.Instance?.WithoutConversions() == router:
                return types.IsGroup(property.Type) ? FateOf(property, types) : Fate.Dropped;
            case IExpressionStatementOperation:
                return Fate.Dropped;
            default:
                return router.DeclaredLocal() is { } local
                    ? router.Root().ReferencesTo(local).Select(reference => FateOf(reference, types)).DefaultIfEmpty(Fate.Dropped).Max()
                    : Fate.Escapes;
        }
    }

    private static bool RunsPerCall(IOperation creation, ISymbol containingSymbol, IMethodSymbol? main)
    {
        for (IOperation? operation = creation.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is IAnonymousFunctionOperation function && IsRequestHandler(function)) return true;
        }

        return containingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method
            && !SymbolEqualityComparer.Default.Equals(method, main)
            && !(method is { Name: "Main", IsStatic: true })
            && !IsTest(method);
    }

    private static bool IsRequestHandler(IAnonymousFunctionOperation function)
    {
        IOperation? user = function.Parent is IDelegateCreationOperation creation ? creation.User() : function.User();
        return user is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } && IsIn(method.ContainingNamespace, "Microsoft.AspNetCore");
    }

    // A class with a test in it is all about tests.
    private static bool IsTest(IMethodSymbol method)
    {
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            bool hasTests = type.GetMembers().SelectMany(member => member.GetAttributes())
                .Any(attribute => TestNamespaces.Any(tests => IsIn(attribute.AttributeClass?.ContainingNamespace, tests)));
            if (hasTests) return true;
        }

        return false;
    }

    private static bool IsIn(INamespaceSymbol? @namespace, string name)
    {
        string? full = @namespace?.ToDisplayString();
        return full is not null && full.StartsWith(name, StringComparison.Ordinal) && (full.Length == name.Length || full[name.Length] == '.');
    }
}
