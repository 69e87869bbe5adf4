using Microsoft.CodeAnalysis;

namespace RouterGen.Generator.Tests;

/// <summary>What is generated, for each shape of declaration. The verifier compiles it and runs the generator again.</summary>
public class EmissionTests
{
    private const string TwoDeployments = """
        using RouterGen;
        namespace Shop;
        [ModelGroup("claude-fast")]
        [Deployment("anthropic/claude-haiku-4-5", Rpm = 1000)]
        [Deployment("openai/gpt-4o-mini", Rpm = 5000)]
        public static partial class Models;
        """;

    [Theory]
    [InlineData(NullableContextOptions.Enable)]
    [InlineData(NullableContextOptions.Disable)]
    public void Compiles_without_a_warning_whatever_the_nullable_context(NullableContextOptions nullable)
    {
        GeneratorRun run = new Verifier { Sources = [TwoDeployments], Nullable = nullable, WithCodecs = true }.Verify();

        Assert.Equal(["Shop.Models.ClaudeFast.g.cs", "Shop.Models.g.cs"], run.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("public static ClaudeFastGroup ClaudeFast =>", run.Files["Shop.Models.ClaudeFast.g.cs"]);
    }

    [Fact]
    public void Emits_line_feeds_alone_and_no_byte_order_mark()
    {
        GeneratorRun run = Verifier.Verify(TwoDeployments.ReplaceLineEndings("\r\n"));

        Assert.All(run.Result.GeneratedSources.Where(source => source.HintName.Contains("Models") || source.HintName.Contains("Codecs")), source =>
        {
            Assert.DoesNotContain('\r', source.SourceText.ToString());
            Assert.Empty(source.SourceText.Encoding!.GetPreamble());
        });
    }

    [Fact]
    public void A_named_deployment_says_its_model_and_an_unnamed_one_says_it_once()
    {
        string text = Verifier.VerifyDespite(["RG0011", "RG0102", "RG0102"], ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-99", Name = "west"), Deployment("openai/gpt-98")]""")).Files["Models.A.g.cs"];

        Assert.Contains("<c>a</c>: west (openai/gpt-99), openai/gpt-98.</summary>", text);
        Assert.Contains("/// <summary>west: openai/gpt-99.</summary>", text);
        Assert.Contains("/// <summary>openai/gpt-98.</summary>", text);
    }

    [Fact]
    public void Delivers_only_the_codecs_of_the_dialects_in_use()
    {
        GeneratorRun run = Verifier.Verify(ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-4o")]"""));

        Assert.Contains("RouterGen.Codecs.Shared.Json.CodecJson.g.cs", run.HintNames);
        Assert.DoesNotContain(run.HintNames, name => name.StartsWith("RouterGen.Codecs.Anthropic", StringComparison.Ordinal));
    }

    [Fact]
    public void Delivers_no_codec_where_nothing_uses_one()
    {
        GeneratorRun run = Verifier.Verify("public static partial class Models;");

        Assert.DoesNotContain(run.HintNames, name => name.StartsWith("RouterGen.", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_groups_on_one_declaration_take_the_deployments_that_name_them()
    {
        GeneratorRun run = Verifier.Verify(ProblemFinder.Class("""
            [ModelGroup("a")]
            [ModelGroup("b")]
            [Deployment("openai/gpt-4o", Group = "b")]
            [Deployment("openai/gpt-4o-mini", Group = "a")]
            """));

        Assert.Contains("\"gpt-4o-mini\"", run.Files["Models.A.g.cs"]);
        Assert.DoesNotContain("\"gpt-4o\"", run.Files["Models.A.g.cs"]);
        Assert.Contains("\"gpt-4o\"", run.Files["Models.B.g.cs"]);
    }

    [Fact]
    public void Each_part_of_a_partial_class_keeps_its_deployments_together()
    {
        GeneratorRun run = Verifier.Verify(
            ProblemFinder.Class("""[ModelGroup("a", Fallbacks = ["b"]), Deployment("openai/gpt-4o")]"""),
            ProblemFinder.Class("""[ModelGroup("b"), Deployment("openai/gpt-4o-mini")]"""),
            ProblemFinder.Class("""[Deployment("anthropic/claude-haiku-4-5", Group = "a")]"""));

        Assert.Equal(3, run.Files.Count);
        Assert.Contains("openai/gpt-4o, anthropic/claude-haiku-4-5", run.Files["Models.A.g.cs"]);
        Assert.DoesNotContain("claude", run.Files["Models.B.g.cs"]);
    }

    [Fact]
    public void Classes_of_one_name_in_two_namespaces_do_not_meet()
    {
        const string Source = """
            namespace {0}
            {
                [RouterGen.ModelGroup("a"), RouterGen.Deployment("openai/gpt-4o")]
                public partial class Models { }
            }
            """;
        GeneratorRun run = Verifier.Verify(Source.Replace("{0}", "Shop.Front"), Source.Replace("{0}", "Shop.Back"));

        Assert.Contains("AddShopFrontModels", run.Files["Shop.Front.Models.Services.g.cs"]);
        Assert.Contains("AddShopBackModels", run.Files["Shop.Back.Models.Services.g.cs"]);
    }

    [Fact]
    public void Names_of_files_differ_by_more_than_case_and_suffix()
    {
        GeneratorRun run = Verifier.Verify(
            ProblemFinder.Class("""[ModelGroup("fast"), Deployment("openai/gpt-4o")]"""),
            ProblemFinder.Class("""[ModelGroup("FAST"), Deployment("openai/gpt-4o")]"""),
            """
            using RouterGen;
            [ModelGroup("services"), Deployment("openai/gpt-4o")]
            public partial class MODELS;
            """);

        Assert.Equal(run.Files.Count, run.Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(6, run.Files.Count);
    }

    [Fact]
    public void A_class_in_the_namespace_of_the_codecs_does_not_take_their_files()
    {
        GeneratorRun run = Verifier.Verify("""
            namespace RouterGen
            {
                [ModelGroup("codec-json"), Deployment("openai/gpt-4o")]
                public static partial class Codecs2 { }
            }
            """);

        Assert.Contains("RouterGen.Codecs2.CodecJson.g.cs", run.HintNames);
    }

    [Theory]
    [InlineData("internal", "internal static class ModelsServiceCollectionExtensions")]
    [InlineData("public", "public static class ModelsServiceCollectionExtensions")]
    [InlineData("public sealed", "public static class ModelsServiceCollectionExtensions")]
    public void An_instance_class_is_registered_as_visibly_as_it_is(string modifiers, string expected)
    {
        GeneratorRun run = Verifier.Verify($$"""
            using RouterGen;
            [ModelGroup("a", Fallbacks = ["b"]), Deployment("openai/gpt-4o", Group = "a")]
            [ModelGroup("b"), Deployment("openai/gpt-4o", Group = "b")]
            {{modifiers}} partial class Models;
            """);

        Assert.Contains(expected, run.Files["Models.Services.g.cs"]);
        Assert.Contains("A = new AGroup(this, context);", run.Files["Models.g.cs"]);
        Assert.Contains("B = new BGroup(context);", run.Files["Models.g.cs"]);
    }

    [Fact]
    public void An_abstract_class_is_not_registered()
    {
        GeneratorRun run = Verifier.Verify("""
            using RouterGen;
            [ModelGroup("a"), Deployment("openai/gpt-4o")]
            public abstract partial class Models;
            """);

        Assert.DoesNotContain("Models.Services.g.cs", run.Files.Keys);
    }

    [Fact]
    public void A_record_gets_its_groups_as_a_record()
    {
        GeneratorRun run = Verifier.Verify("""
            using RouterGen;
            [ModelGroup("a"), Deployment("openai/gpt-4o")]
            public partial record Models;
            """);

        Assert.Contains("partial record Models", run.Files["Models.A.g.cs"]);
    }

    [Fact]
    public void An_own_constructor_can_chain_to_the_generated_one() => Verifier.Verify("""
        using RouterGen;
        [ModelGroup("a"), Deployment("openai/gpt-4o")]
        public partial class Models
        {
            public Models(string name) : this(new RouterOptions()) => Name = name;
            public string? Name { get; }
        }
        """);

    [Fact]
    public void A_static_field_of_the_class_may_use_a_group() => Verifier.Verify("""
        using RouterGen;
        [ModelGroup("a"), Deployment("openai/gpt-4o")]
        public static partial class Models
        {
            private static readonly ChatGroup Favourite = A;
            public static string Name => Favourite.Name;
        }
        """);

    [Fact]
    public void States_what_was_declared_and_nothing_else()
    {
        GeneratorRun run = Verifier.Verify(ProblemFinder.Class("""
            [ModelGroup("a", MaxAttempts = 4, TimeoutSeconds = 12.5, AllowedFails = 0)]
            [Deployment("openai/gpt-4o", Name = "west", Weight = 0.1, Tpm = 90000, MaxConcurrency = 8, Order = 1,
                ApiKeyEnv = "WEST_KEY", Endpoint = "https://west.example.com/v1/", ContextWindow = 64000, InputPrice = 0.3)]
            """));

        string text = run.Files["Models.A.g.cs"];
        Assert.Contains("MaxAttempts = 4,", text);
        Assert.Contains("Timeout = global::System.TimeSpan.FromSeconds(12.5),", text);
        Assert.Contains("AllowedFails = 0,", text);
        Assert.Contains("Name = \"west\",", text);
        Assert.Contains("Weight = 0.1,", text);
        Assert.Contains("Tpm = 90_000,", text);
        Assert.Contains("MaxConcurrency = 8,", text);
        Assert.Contains("Order = 1,", text);
        Assert.Contains("KeyVariable = \"WEST_KEY\",", text);
        Assert.Contains("Endpoint = \"https://west.example.com/v1\",", text);
        Assert.Contains("ModelLimits = new(ContextWindow: 64_000, OutputLimit: 16_384),", text);
        Assert.Contains("Prices = new(new(Input: 0.3m, Output: 10m, CacheRead: 0.3m, CacheWrite: 0.3m))", text);
        Assert.DoesNotContain("Rpm", text);
        Assert.DoesNotContain("OPENAI_BASE_URL", text); // The deployment's own endpoint is not to be overridden by another's variable.
    }

    [Theory]
    [InlineData("openai/gpt-5", "", "ContextWindow: 400_000, InputLimit: 272_000, OutputLimit: 128_000")]
    [InlineData("openai/gpt-5", ", ContextWindow = 300000", "ContextWindow: 300_000, OutputLimit: 128_000")]
    [InlineData("openai/gpt-5", ", ContextWindow = 300000, InputLimit = 200000", "ContextWindow: 300_000, InputLimit: 200_000, OutputLimit: 128_000")]
    [InlineData("openai/gpt-5", ", InputLimit = 200000, OutputLimit = 64000", "ContextWindow: 400_000, InputLimit: 200_000, OutputLimit: 64_000")]
    [InlineData("huggingface/org/m", ", InputLimit = 30000, OutputLimit = 2000", "InputLimit: 30_000, OutputLimit: 2000", "RG0115")]
    [InlineData("moonshot/kimi-k3", "", "ContextWindow: 1_048_576")]
    public void Window_input_limit_and_output_limit_are_three_facts(string model, string stated, string emitted, params string[] problems)
    {
        GeneratorRun run = Verifier.VerifyDespite(problems, ProblemFinder.Class($$"""[ModelGroup("a"), Deployment("{{model}}"{{stated}})]"""));

        Assert.Contains($"ModelLimits = new({emitted}),", run.Files["Models.A.g.cs"]);
        Assert.DoesNotContain("DefaultMaxOutputTokens", Assert.Single(run.Constants).Value); // None of the three is sent.
    }

    [Theory]
    [InlineData("anthropic/claude-haiku-4-5", "", "16_384")]
    [InlineData("anthropic/claude-haiku-4-5", ", OutputLimit = 9000", "9000")]
    [InlineData("anthropic/claude-haiku-4-5", ", OutputLimit = 90000", "16_384")]
    [InlineData("anthropic/claude-haiku-4-5", ", OutputLimit = 9000, MaxOutputTokens = 500", "500")]
    [InlineData("openai/gpt-5", ", MaxOutputTokens = 500", "500")]
    public void The_limit_that_is_sent_is_a_fourth(string model, string stated, string sent)
    {
        GeneratorRun run = Verifier.Verify(ProblemFinder.Class($$"""[ModelGroup("a"), Deployment("{{model}}"{{stated}})]"""));

        Assert.Contains($"DefaultMaxOutputTokens = {sent},", Assert.Single(run.Constants).Value);
    }

    [Fact]
    public void A_declared_provider_needs_no_catalog()
    {
        GeneratorRun run = Verifier.VerifyDespite(["RG0115"], """
            using RouterGen;
            [assembly: Provider("lan", Dialect.OpenAIChat, Endpoint = "http://localhost:8000/v1")]
            [Provider("proxy", Dialect.AnthropicMessages, Endpoint = "https://proxy.example.com", EndpointEnv = "PROXY_URL", ApiKeyEnv = "PROXY_KEY")]
            [ModelGroup("a")]
            [Deployment("lan/meta-llama/Llama-3.1-8B-Instruct")]
            [Deployment("proxy/claude")]
            public static partial class Models;
            """);

        string text = run.Files["Models.A.g.cs"];
        Assert.Contains("Model = \"meta-llama/Llama-3.1-8B-Instruct\",", text);
        Assert.Contains("Platform = new global::RouterGen.Infrastructure.KeyHeaderPlatform(\"x-api-key\"),", text);
        Assert.Contains("EndpointVariable = \"PROXY_URL\",", text);
        Assert.Contains("DefaultMaxOutputTokens = 4096,", run.Constants["ProxyClaude"]);
    }

    [Fact]
    public void An_unlisted_model_has_no_prices_and_its_providers_traits()
    {
        GeneratorRun run = Verifier.VerifyDespite(["RG0102"], ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-99")]"""));

        Assert.DoesNotContain("Prices", run.Files["Models.A.g.cs"]);
        Assert.DoesNotContain("ModelLimits", run.Files["Models.A.g.cs"]);
        Assert.Contains("MaxCompletionTokens", run.Constants["OpenaiGpt99"]);
    }

    [Fact]
    public void A_repeated_deployment_gets_a_number()
    {
        string text = Verifier.VerifyDespite(["RG0011"], ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4o", ApiKeyEnv = "SECOND")]""")).Files["Models.A.g.cs"];

        Assert.Contains("Name = \"openai/gpt-4o #2\",", text);
    }

    [Fact]
    public void A_broken_group_leaves_the_others_as_they_were()
    {
        const string Good = """[ModelGroup("good"), Deployment("openai/gpt-4o")]""";
        GeneratorRun alone = Verifier.Verify(ProblemFinder.Class(Good));
        GeneratorRun beside = Verifier.VerifyDespite(
            ["RG0101"],
            ProblemFinder.Class(Good),
            ProblemFinder.Class("""[ModelGroup("bad"), Deployment("nobody/knows")]"""),
            "public class User { public object Use() => Models.Bad; }");

        Assert.Equal(alone.Files["Models.Good.g.cs"], beside.Files["Models.Good.g.cs"]);
        Assert.Contains("BadGroup Bad", beside.Files["Models.Bad.g.cs"]);
    }

    [Fact]
    public void A_wrong_deployment_is_left_out_of_its_group()
    {
        string text = Verifier.VerifyDespite(["RG0101"], ProblemFinder.Class("""[ModelGroup("a"), Deployment("nobody/knows"), Deployment("openai/gpt-4o")]""")).Files["Models.A.g.cs"];

        Assert.DoesNotContain("nobody", text);
        Assert.Contains("OpenaiGpt4o => Deployments[0];", text);
    }

    [Fact]
    public void A_key_in_source_goes_no_further()
    {
        const string Key = "sk-proj-0123456789abcdefghij";
        GeneratorRun run = Verifier.VerifyDespite(["RG0111", "RG0111", "RG0111", "RG0111"], ProblemFinder.Class($"""
            [ModelGroup("a")]
            [Deployment("openai/gpt-4o", ApiKeyEnv = "{Key}")]
            [Deployment("openai/gpt-4o-mini", Name = "{Key}", EndpointEnv = "{Key}")]
            [Deployment("{Key}")]
            """));

        Assert.All(run.Files.Values, text => Assert.DoesNotContain(Key, text));
    }

    [Theory]
    [InlineData("public class Outer { [RouterGen.ModelGroup(\"a\"), RouterGen.Deployment(\"openai/gpt-4o\")] public static partial class Models { } }")]
    [InlineData("[RouterGen.ModelGroup(\"a\"), RouterGen.Deployment(\"openai/gpt-4o\")] public partial class Models<T> { }")]
    [InlineData("[RouterGen.ModelGroup(\"a\"), RouterGen.Deployment(\"openai/gpt-4o\")] file static partial class Models { }")]
    public void A_class_that_cannot_be_extended_is_left_alone(string source) => Assert.Empty(Verifier.VerifyDespite(["RG0001"], source).Files);

    [Fact]
    public void A_class_that_merely_lacks_partial_is_generated_all_the_same()
    {
        GeneratorRun run = Verifier.RunOnBroken("[RouterGen.ModelGroup(\"a\"), RouterGen.Deployment(\"openai/gpt-4o\")] public static class Models { }");

        Assert.Contains("Models.A.g.cs", run.Files.Keys);
    }
}
