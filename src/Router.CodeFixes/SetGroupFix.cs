using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CodeFixes;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0005: says which group a deployment belongs to, with a choice for each that could be meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetGroupFix)), Shared]
public sealed class SetGroupFix : DeclarationFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.DeploymentWithoutGroup];

    private protected override void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Groups, out string? groups) || groups is null) return;
        foreach (string group in groups.Split('\n'))
        {
            OfferToSet(context, diagnostic, root, node, $"Set Group = {SymbolDisplay.FormatLiteral(group, quote: true)}", "Group", group, choice: group);
        }
    }
}
