using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Specs;
using RouterGen.Dynamic.Definitions;
using RouterGen.Generator;
using RouterGen.Infrastructure;
using Declared = RouterGen.Declarations.Model;

namespace RouterGen.Dynamic.Tests.Definitions;

/// <summary>Definitions that are made while a program runs are those that the generator emits of the same text: prefixes, profiles, prices, platforms, headers, settings.</summary>
public sealed class EmissionTests
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("RouterGen.", StringComparison.Ordinal) || Path.GetFileName(path) is "RouterGen.dll" or "RouterGen.Azure.dll" or "RouterGen.Aws.dll" or "RouterGen.Google.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private const string Stated = """
    {
      "class": "Stated",
      "providers": { "ours": { "dialect": "openAIChat", "endpoint": "https://models.example/v1", "apiKeyEnv": "OURS" } },
      "groups": {
        "chat": {
          "strategy": "lowestCost", "timeoutSeconds": 12.5, "budget": 3.3, "budgetPeriod": "month", "hedge": true, "maxAttempts": 9,
          "deployments": [
            { "model": "ours/any-model", "supports": ["tools"], "headers": { "x-team": "shop", "x-secret": "$SECRET" }, "inputPrice": 0.1, "outputPrice": 0.2, "contextWindow": 1000, "inputLimit": 900, "outputLimit": 800, "maxOutputTokens": 700 },
            { "model": "openai/gpt-6-luna", "name": "tiers", "serviceTier": "flex", "apiKeyEnv": "KEY", "endpointEnv": "WHERE", "tags": ["a", "b\"c"], "region": "eu", "rpm": 5, "tpm": 6, "maxConcurrency": 7, "order": 1, "limitGroup": "shared" },
            { "model": "openai/gpt-6-luna", "name": "shadow", "mirrorShare": 0.5, "budget": 0.1 },
            { "model": "azure/my-gpt", "baseModel": "gpt-6-luna", "resource": "r", "apiVersion": "2024-10-21", "apiKeyEnv": "AZURE" },
            { "model": "azure_ai/claude-haiku-5-5", "resource": "r", "apiKeyEnv": "" },
            { "model": "bedrock/us.anthropic.claude-haiku-5-5", "region": "eu-central-1", "apiKeyEnv": "" },
            { "model": "bedrock/us.anthropic.claude-haiku-5-5", "name": "converse", "dialect": "bedrockConverse" },
            { "model": "vertex_ai/claude-haiku-5-5", "project": "p", "region": "europe-west1" },
            { "model": "ollama/llama3.2", "endpoint": "http://server:11434", "allowInsecureHttp": true }
          ]
        },
        "speech": { "deployments": [{ "model": "openai/gpt-4o-mini-tts" }] },
        "heard": { "deployments": [{ "model": "ours/ears", "kind": "transcription", "maxFileMegabytes": 3 }] },
        "vectors": { "dimensions": 256, "deployments": [{ "model": "openai/text-embedding-3-small", "maxBatchTexts": 9 }] }
      }
    }
    """;

    // One compilation for both: the codecs, which are most of it, are compiled once.
    [Fact]
    public void The_whole_catalog_and_all_that_deployments_can_state()
    {
        IReadOnlyList<GroupSpec> stated = Declarations.Read(Stated), catalog = Declarations.Read(Catalog());
        Dictionary<(string Class, string Group), GroupDefinition> emitted = Emit(("stated.json", Stated), ("catalog.json", Catalog()));
        (string Class, GroupSpec Spec)[] specs = [.. stated.Select(spec => ("Stated", spec)), .. catalog.Select(spec => ("Models", spec))];

        string[] differences = [.. specs.SelectMany(declared => Differences.Between(emitted[(declared.Class, declared.Spec.Name)], DefinitionMaker.Make(declared.Spec), declared.Spec.Name)).Take(20)];

        Assert.True(differences.Length == 0, string.Join('\n', differences));
        Assert.Equal(specs.Length, emitted.Count);
        Assert.True(catalog.Sum(spec => spec.Deployments.Count) > 300, "This is not the catalog.");
    }

    // A group for each kind of call in each dialect of each provider, with all of its models.
    private static string Catalog()
    {
        List<string> groups = [];
        foreach (ProviderRow provider in ModelCatalog.Default.Providers)
        {
            foreach (ProviderRow row in provider.FurtherDialects.Select(further => further.Row).Prepend(provider))
            {
                // Embedding models that differ are no group.
                foreach (IGrouping<string, ModelRow> kind in row.Models.Where(model => DialectRow.Of(row.Dialect).For(model.Kind) is not null && row.Platform?.Serves(model.Kind, row.Dialect) is not false).GroupBy(model => model.Kind is Declared.CallKind.Embeddings ? model.Name : model.Kind.ToString()))
                {
                    IEnumerable<string> deployments = kind.Select((model, i) => Declarations.Object(row, model.Name, $"\"name\": \"{i}\"", $"\"dialect\": \"{char.ToLowerInvariant(row.Dialect.ToString()[0])}{row.Dialect.ToString()[1..]}\""));
                    groups.Add($$""" "g{{groups.Count}}": { "deployments": [{{string.Join(",\n", deployments)}}] }""");
                }
            }
        }

        return "{ \"groups\": {\n" + string.Join(",\n", groups) + "\n} }";
    }

    // Compiles what the generator makes of the texts, and loads it.
    private static Dictionary<(string Class, string Group), GroupDefinition> Emit(params (string Path, string Json)[] files)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        CSharpCompilation compilation = CSharpCompilation.Create("Emitted", [], References, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new RouterGenerator().AsSourceGenerator()], files.Select(file => new ModelsText(file.Path, file.Json)), options, new ModelsFiles()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        using var image = new MemoryStream();
        Assert.Empty(updated.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext("Emitted", isCollectible: true).LoadFromStream(image);
        return assembly.GetTypes()
            .Select(type => (Class: type.DeclaringType?.Name ?? "", Method: type.GetMethod("CreateDefinition", BindingFlags.NonPublic | BindingFlags.Static)))
            .Where(group => group.Method is not null)
            .Select(group => (group.Class, Definition: (GroupDefinition)group.Method!.Invoke(null, null)!))
            .ToDictionary(group => (group.Class, group.Definition.Name), group => group.Definition);
    }

    private sealed class ModelsText(string path, string json) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(json);
    }

    // Each file declares model groups, whatever it is called.
    private sealed class ModelsFiles : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Metadata(false);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Metadata(true);

        private sealed class Metadata(bool isOfFile) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => (value = isOfFile && key is "build_metadata.AdditionalFiles.RouterModels" ? "true" : null) is not null;
        }
    }
}
