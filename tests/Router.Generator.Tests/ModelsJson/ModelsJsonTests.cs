using Microsoft.CodeAnalysis;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tests;

/// <summary>A models.json declares what attributes can.</summary>
public class ModelsJsonTests
{
    [Fact]
    public void A_file_alone_makes_its_class()
    {
        GeneratorRun run = Run("", """
            {
              // Comments and trailing commas are allowed.
              "$schema": "models.schema.json",
              "groups": {
                "claude-fast": { "timeoutSeconds": 30, "fallbacks": ["backup"], "deployments": ["anthropic/claude-haiku-4-5"] },
                "backup": { "deployments": [{ "model": "openai/gpt-4o-mini", "rpm": 5000, "weight": 0.5 }] },
              }
            }
            """);

        Assert.Equal(["Models.Backup.g.cs", "Models.ClaudeFast.g.cs", "Models.g.cs"], run.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("public static partial class Models", run.Files["Models.g.cs"]);
        Assert.Contains("Rpm = 5000", run.Files["Models.Backup.g.cs"]);
        Assert.Contains("FromSeconds(30", run.Files["Models.ClaudeFast.g.cs"]);
    }

    [Fact]
    public void JSON_and_attributes_come_to_the_same_files()
    {
        string[] code = ["""
            using RouterGen;
            [ModelGroup("a", Fallbacks = ["b"], MaxAttempts = 3), Deployment("mine/x", Rpm = 5, InputPrice = 1.5, OutputPrice = 2, Name = "first")]
            public static partial class Models;
            [ModelGroup("b"), Deployment("openai/gpt-4o", ApiKeyEnv = "K")]
            partial class Models;
            [Provider("mine", Dialect.OpenAIChat, Endpoint = "http://localhost:8000/v1")]
            partial class Models;
            """];
        GeneratorRun run = Run("public static partial class Models;", """
            {
              "providers": { "mine": { "dialect": "openAIChat", "endpoint": "http://localhost:8000/v1" } },
              "groups": {
                "a": { "fallbacks": ["b"], "maxAttempts": 3, "deployments": [{ "model": "mine/x", "rpm": 5, "inputPrice": 1.5, "outputPrice": 2, "name": "first" }] },
                "b": { "deployments": [{ "model": "openai/gpt-4o", "apiKeyEnv": "K" }] }
              }
            }
            """);

        Assert.Equal(Verifier.Verify(code).Files, run.Files);
    }

    [Theory]
    [InlineData("Models", "Shop", "", "Shop.Models.A.g.cs")]
    [InlineData("Models", "my-shop", "", "my_shop.Models.A.g.cs")]
    [InlineData("Models", null, "", "Models.A.g.cs")]
    [InlineData("Other.Models", "Shop", "", "Other.Models.A.g.cs")]
    [InlineData("Models", "Shop", "static partial class Models;", "Models.A.g.cs")]
    [InlineData("Models", "Shop", "namespace Shop { partial class Models; }", "Shop.Models.A.g.cs")]
    [InlineData("Models", "class", "", "class.Models.A.g.cs")]
    public void The_class_is_found_or_made(string name, string? rootNamespace, string source, string file)
    {
        string json = $$"""{ "class": "{{name}}", "groups": { "a": { "deployments": ["openai/gpt-4o"] } } }""";

        GeneratorRun run = new Verifier { Sources = [source], RootNamespace = rootNamespace, Files = [new UserFile(json)] }.Verify();

        Assert.Contains(file, run.Files.Keys);
    }

    [Fact]
    public void A_file_adds_groups_deployments_and_settings_to_code()
    {
        GeneratorRun run = Run("""
            using RouterGen;
            [ModelGroup("a", Fallbacks = ["b"]), Deployment("openai/gpt-4o", Rpm = 1), Deployment("openai/gpt-4o-mini", Group = "b")]
            public static partial class Models;
            """, """
            { "groups": {
                "a": { "timeoutSeconds": 5, "deployments": [{ "model": "openai/gpt-4o", "tpm": 9 }, "anthropic/claude-haiku-4-5"] },
                "b": {}
            } }
            """);

        string a = run.Files["Models.A.g.cs"];
        Assert.Contains("FromSeconds(5", a);
        Assert.Contains("Rpm = 1,", a);
        Assert.Contains("Tpm = 9,", a);
        Assert.Contains("claude-haiku-4-5", a);
        Assert.Contains("Models.B.g.cs", run.Files.Keys);
    }

    [Fact]
    public void Several_files_are_put_together()
    {
        GeneratorRun run = new Verifier
        {
            Sources = [""],
            Files =
            [
                new UserFile("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"] } } }"""),
                new UserFile("""{ "groups": { "a": { "deployments": ["openai/gpt-4o-mini"] } } }""", "more.json") { RouterModels = "true" },
                new UserFile("""{ "groups": { "c": { "deployments": ["openai/gpt-4o-mini"] } } }""", "other.json"),
                new UserFile("""{ "groups": { "d": { "deployments": ["openai/gpt-4o-mini"] } } }""", "x/models.json") { RouterModels = "false" },
            ],
            Problems = ["RG0011"],
        }.Verify();

        Assert.Equal(["Models.A.g.cs", "Models.g.cs"], run.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("gpt-4o-mini", run.Files["Models.A.g.cs"]);
    }

    [Fact]
    public void Typing_in_the_file_writes_only_the_group_that_changed()
    {
        const string Json = """{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-4o", "rpm": 1 }] }, "b": { "deployments": ["openai/gpt-4o"] } } }""";
        var before = new UserFile(Json);
        var verifier = new Verifier { Sources = [""], Files = [before] };
        verifier.Run(out GeneratorDriver driver);

        driver = driver.ReplaceAdditionalText(before, new UserFile(Json.Replace("\"rpm\": 1", "\"rpm\": 2")));
        GeneratorRunResult edited = driver.RunGenerators(verifier.Compile()).GetRunResult().Results.Single();

        Assert.Equal("a", Assert.Single(Incrementality.Changed<GroupFile>(edited, TrackingNames.GroupFiles)).Group.Name);
        Assert.Empty(Incrementality.Changed<ClassFile>(edited, TrackingNames.ClassFiles));
        Assert.Empty(Incrementality.Changed<string>(edited, TrackingNames.CodecFiles));
    }

    [Fact]
    public void Typing_in_code_does_not_read_the_file_again()
    {
        var file = new UserFile("""{ "groups": { "a": { "deployments": ["openai/gpt-4o"] } } }""");
        var verifier = new Verifier { Sources = ["class C;"], Files = [file] };
        verifier.Run(out GeneratorDriver driver);
        int reads = file.Reads;

        GeneratorRunResult edited = driver.RunGenerators(new Verifier { Sources = ["class C { int x; }"] }.Compile()).GetRunResult().Results.Single();

        Assert.Equal(reads, file.Reads);
        Incrementality.AssertNothingRanAgain(edited);
    }

    [Fact]
    public void A_file_cut_anywhere_breaks_nothing()
    {
        const string Json = """{ "class": "Models", "providers": { "p": { "dialect": "openAIChat", "endpoint": "https://p" } }, "groups": { "a": { "fallbacks": ["b"], "deployments": [{ "model": "p/m", "rpm": 1 }] }, "b": {} } }""";
        var before = new UserFile(Json);
        new Verifier { Sources = [""], Files = [before] }.Run(out GeneratorDriver driver);
        Compilation compilation = new Verifier { Sources = [""] }.Compile();
        for (int length = 0; length < Json.Length; length++)
        {
            var cut = new UserFile(Json[..length]);
            driver = driver.ReplaceAdditionalText(before, cut).RunGenerators(compilation);
            Assert.Null(driver.GetRunResult().Results.Single().Exception);
            before = cut;
        }
    }

    [Fact]
    public void What_is_half_typed_leaves_the_other_groups_as_they_were()
    {
        const string Intact = """{ "groups": { "a": { "deployments": ["openai/gpt-4o"] }, "b": { "deployments": ["openai/gpt-4o-mini"] } } }""";
        (string Json, string[] Problems)[] halfTyped =
        [
            (Intact.Replace("[\"openai/gpt-4o-mini\"]", "[\"opena"), ["RG0002", "RG0201"]),
            (Intact.Replace("{ \"deployments\": [\"openai/gpt-4o-mini\"] }", ""), ["RG0201"]),
            (Intact.Replace("\"b\":", "\"b"), ["RG0201", "RG0201"]),
        ];

        string a = Run("", Intact).Files["Models.A.g.cs"];

        Assert.All(halfTyped, typed => Assert.Equal(a, Run("", typed.Json, typed.Problems).Files["Models.A.g.cs"]));
    }

    private static GeneratorRun Run(string source, string json, params string[] problems) =>
        new Verifier { Sources = [source], Files = [new UserFile(json)], Problems = problems }.Verify();
}
