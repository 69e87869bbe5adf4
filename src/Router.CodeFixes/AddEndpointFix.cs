using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using RouterGen.Declarations.Problems;

namespace RouterGen.CodeFixes;

/// <summary>RG0113: begins the endpoint of a deployment. Until it is completed, the build says that it is no URL (RG0114).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddEndpointFix)), Shared]
public sealed class AddEndpointFix : DeclarationFix
{
    private const string Beginning = "https://";

    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.NoEndpoint];

    private protected override void Register(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node) =>
        OfferToSet(context, diagnostic, root, node, $"Add Endpoint = \"{Beginning}\", to be completed", "Endpoint", Beginning);
}
