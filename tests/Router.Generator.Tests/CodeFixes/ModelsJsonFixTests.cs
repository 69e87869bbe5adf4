using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using RouterGen.CodeFixes;

namespace RouterGen.Generator.Tests;

/// <summary>Fixes in models.json, one by one and all at once.</summary>
public class ModelsJsonFixTests
{
    [Theory]
    [InlineData("""{ "groups": { "a": { "timeout_seconds": 1, "deployments": ["openai/gpt-4o"] } } }""", "\"timeout_seconds\"", "\"timeoutSeconds\"")]
    [InlineData("""{ "groups": { "a": { "fallbacks": ["bakcup"], "deployments": ["openai/gpt-4o"] }, "backup": { "deployments": ["openai/gpt-4o"] } } }""", "\"bakcup\"", "\"backup\"")]
    [InlineData("""{ "groups": { "a": { "deployments": ["antropic/claude-haiku-4-5"] } } }""", "\"antropic/claude-haiku-4-5\"", "\"anthropic/claude-haiku-4-5\"")]
    [InlineData("""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o-mni", "rpm": 1 }] } } }""", "\"openai/gpt-4o-mni\"", "\"openai/gpt-4o-mini\"")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4-0613"] } } } // Built on 2026-10-22""", "\"openai/gpt-4-0613\"", "\"openai/gpt-5.6-sol\"")]
    [InlineData("""{ "groups": { "a": { "deployments": ["openai/gpt-4-0613"] } } } // Built on 2026-10-23""", "\"openai/gpt-4-0613\"", "\"openai/gpt-5.6-sol\"")]
    [InlineData("""{ "model_list": [{ "model_name": "a", "litellm_params": { "model": "openai/gpt-4o", "api_bas": "https://a.dev" } }] }""", "\"api_bas\"", "\"api_base\"")]
    [InlineData("""{ "groups": { "\"backup\"": { "deployments": ["openai/gpt-4o"] }, "a": { "fallbacks": ["backup"], "deployments": ["openai/gpt-4o"] } } }""", "\"backup\"]", "\"\\\"backup\\\"\"]")]
    public async Task What_was_meant_is_put_in_place(string json, string wrong, string right)
    {
        using var workspace = new AdhocWorkspace();
        TextDocument document = Open(workspace, json);
        Diagnostic diagnostic = Assert.Single(await DiagnosticsAsync(document.Project));
        List<CodeAction> actions = [];
        await new ModelsJsonFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));

        CodeAction action = Assert.Single(actions);
        string expected = json.Replace(wrong, right);
        Assert.NotEqual(json, expected);
        Assert.Equal(expected, await ApplyAsync(action, document.Id));
        Assert.Equal($"Replace by {right.TrimEnd(']')}", action.Title);
        using var fixedWorkspace = new AdhocWorkspace();
        Assert.Empty(await DiagnosticsAsync(Open(fixedWorkspace, expected).Project));
    }

    [Theory]
    [InlineData("""{ "groups": { "a": { "fallbacks": ["quite another"], "deployments": ["openai/gpt-4o"] } } }""")]
    [InlineData("""{ "quite another": 1 }""")]
    public async Task Nothing_is_offered_where_nothing_is_near(string json)
    {
        using var workspace = new AdhocWorkspace();
        TextDocument document = Open(workspace, json);
        Diagnostic diagnostic = Assert.Single(await DiagnosticsAsync(document.Project));

        await new ModelsJsonFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => Assert.Fail(action.Title), CancellationToken.None));
    }

    [Theory]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task All_are_fixed_at_once(FixAllScope scope)
    {
        const string Json = """
            { // Kept.
              "groups": {
                "a": { "fallback": ["b"], "deployments": [{ "model": "antropic/claude-haiku-4-5", "rmp": 3 }, "opnai/gpt-4o"] },
                "b": { "deploymnts": ["openai/gpt-4o"], "deployments": ["openai/o3", "mistral/mistral-small-latest"] }
              }
            }
            """;
        using var workspace = new AdhocWorkspace();
        TextDocument document = Open(workspace, Json);
        var fix = new ModelsJsonFix();
        var context = new FixAllContext(document.Project, fix, scope, nameof(ModelsJsonFix), fix.FixableDiagnosticIds.Except(["RG0202"]), new Diagnostics(), CancellationToken.None);
        var ofProperties = new FixAllContext(document.Project, fix, scope, nameof(ModelsJsonFix), ["RG0202"], new Diagnostics(), CancellationToken.None);

        string models = await ApplyAsync((await fix.GetFixAllProvider().GetFixAsync(context))!, document.Id);
        string properties = await ApplyAsync((await fix.GetFixAllProvider().GetFixAsync(ofProperties))!, document.Id);

        Assert.Equal(Json.Replace("antropic", "anthropic").Replace("opnai", "openai"), models);
        Assert.Equal(Json.Replace("\"fallback\"", "\"fallbacks\"").Replace("rmp", "rpm").Replace("deploymnts", "deployments"), properties);
    }

    [Fact]
    public void It_is_offered_in_json_files_alone()
    {
        var exported = (ExportCodeFixProviderAttribute)Attribute.GetCustomAttribute(typeof(ModelsJsonFix), typeof(ExportCodeFixProviderAttribute))!;

        Assert.Equal("AdditionalDocument", Assert.Single(exported.DocumentKinds));
        Assert.Equal(".json", Assert.Single(exported.DocumentExtensions!));
    }

    private static TextDocument Open(AdhocWorkspace workspace, string json)
    {
        Project project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "User", "User", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            parseOptions: Verifier.ParseOptions,
            metadataReferences: Verifier.References));
        DocumentId id = DocumentId.CreateNewId(project.Id);
        Assert.True(workspace.TryApplyChanges(workspace.CurrentSolution.AddAdditionalDocument(id, "models.json", SourceText.From(json), filePath: "models.json")));
        return workspace.CurrentSolution.GetAdditionalDocument(id)!;
    }

    private static async Task<string> ApplyAsync(CodeAction action, DocumentId id)
    {
        CodeActionOperation operation = Assert.Single(await action.GetOperationsAsync(CancellationToken.None));
        TextDocument changed = Assert.IsType<ApplyChangesOperation>(operation).ChangedSolution.GetAdditionalDocument(id)!;
        return (await changed.GetTextAsync()).ToString();
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project)
    {
        string json = (await project.AdditionalDocuments.Single().GetTextAsync()).ToString();
        return await AnalyzerVerifier.AnalyzeAsync((await project.GetCompilationAsync())!, new Verifier { Sources = [], Files = [new UserFile(json)] });
    }

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("No C# file is asked for.");

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(project);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await DiagnosticsAsync(project);
    }
}
