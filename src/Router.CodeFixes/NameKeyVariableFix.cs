using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CodeFixes;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0111, RG0112, RG0122: names the environment variable with the key, in place of a key in the source of nothing, or of credentials that are not there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameKeyVariableFix)), Shared]
public sealed class NameKeyVariableFix : DeclarationFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.KeyInSource, DiagnosticIds.NoKey, DiagnosticIds.MissingPackage];

    private protected override void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Variable, out string? variable) || variable is null) return;
        bool isKeyInSource = diagnostic.Id == DiagnosticIds.KeyInSource;

        // A key in a constant would still be there.
        if (isKeyInSource && !node.IsKind(SyntaxKind.StringLiteralExpression)) return;
        string title = isKeyInSource ? $"Replace the key by the name of the environment variable \"{variable}\"" : $"Add ApiKeyEnv = \"{variable}\"";
        OfferToSet(context, diagnostic, root, node, title, "ApiKeyEnv", variable);
    }
}
