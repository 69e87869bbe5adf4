using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Diagnostics;

namespace RouterGen.Analyzers.Usage;

/// <summary>RG0302: a token is at hand, and a call of a group does not get it. As CA2016, it leaves a stated <c>default</c> alone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CancellationTokenAnalyzer() : UsageAnalyzer(DiagnosticDescriptors.TokenNotPassed)
{
    private protected override void Register(CompilationStartAnalysisContext context, GroupTypes types, ProjectModels models)
    {
        if (types.CancellationToken is null) return;
        context.RegisterOperationAction(operation => Check(operation, types), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GroupTypes types)
    {
        if (types.AsCall((IInvocationOperation)context.Operation) is not { } call) return;
        IArgumentOperation? missing = call.Invocation.Arguments.FirstOrDefault(argument =>
            argument.ArgumentKind is ArgumentKind.DefaultValue && GroupTypes.Is(argument.Parameter?.Type, types.CancellationToken));
        if (missing is null || FindToken(call.Invocation, context.ContainingSymbol, types) is not { } token) return;
        if (call.IsStream && GetsTokenLater(call.Invocation)) return;

        context.ReportDiagnostic(Diagnostic.Create(
            DiagnosticDescriptors.TokenNotPassed,
            call.NameLocation,
            ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Argument, ArgumentFor(call, missing.Parameter!, token)),
            token.Name,
            call.MethodName));
    }

    // The nearest function outwards that has a token. Two tokens are a choice that is not ours.
    private static IParameterSymbol? FindToken(IOperation call, ISymbol containingSymbol, GroupTypes types)
    {
        for (IOperation? operation = call.Parent; operation is not null; operation = operation.Parent)
        {
            IMethodSymbol? function = operation switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is null) continue;
            List<IParameterSymbol> tokens = TokensOf(function, types);
            if (tokens.Count > 0) return Only(tokens, isInner: false);
            if (function.IsStatic) return null;
        }

        return containingSymbol is IMethodSymbol method ? Only(TokensOf(method, types), isInner: IsInFunction(call)) : null;
    }

    private static List<IParameterSymbol> TokensOf(IMethodSymbol function, GroupTypes types) =>
        [.. function.Parameters.Where(parameter => GroupTypes.Is(parameter.Type, types.CancellationToken))];

    // A parameter by reference cannot be captured, and an out parameter may have no value yet.
    private static IParameterSymbol? Only(List<IParameterSymbol> tokens, bool isInner) =>
        tokens.Count == 1 && tokens[0] is { RefKind: var kind, Name.Length: > 0, IsDiscard: false } token && (kind is RefKind.None || (kind is RefKind.In && !isInner))
            ? token
            : null;

    private static bool IsInFunction(IOperation call)
    {
        for (IOperation? operation = call.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        }

        return false;
    }

    // A stream may get its token when it is read: await foreach (… in stream.WithCancellation(token)).
    private static bool GetsTokenLater(IInvocationOperation stream) =>
        IsGivenToken(stream)
        || (stream.DeclaredLocal() is { } local && stream.Root().ReferencesTo(local).Any(IsGivenToken));

    private static bool IsGivenToken(IOperation stream)
    {
        IOperation? user = stream.User();
        if (user is IArgumentOperation argument) user = argument.Parent;
        return user is IInvocationOperation { TargetMethod.Name: var name } call
            && (name is "WithCancellation" or "GetAsyncEnumerator" || (name is "ConfigureAwait" && IsGivenToken(call)));
    }

    private static string ArgumentFor(GroupCall call, IParameterSymbol parameter, IParameterSymbol token)
    {
        string name = Identifiers.Escape(token.Name);
        List<IArgumentOperation> stated = [.. call.Invocation.Arguments.Where(argument => argument.ArgumentKind is ArgumentKind.Explicit)];
        bool isNext = stated.Count == parameter.Ordinal && call.Invocation.Arguments.All(argument =>
            argument.Parameter is null || argument.Parameter.Ordinal >= parameter.Ordinal || argument.ArgumentKind is ArgumentKind.Explicit);
        bool isNamed = stated.Any(argument => argument.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.ArgumentSyntax { NameColon: not null });
        return isNext && !isNamed ? name : $"{Identifiers.Escape(parameter.Name)}: {name}";
    }
}
