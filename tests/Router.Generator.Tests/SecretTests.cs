using System.Globalization;
using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Tests;

/// <summary>A key in the wrong place is found by what the providers' keys look like, and is in no message and no code.</summary>
public class SecretTests
{
    private const string Run = "3ZkQpR7sT9uVwX1yZ2aB4cD6eF8gH0iJ";

    /// <summary>A key of each form that the catalog's providers and some others issue.</summary>
    public static TheoryData<string> Keys { get; } = new(
        "sk-" + Run,
        "sk-proj-" + Run,
        "sk-svcacct-" + Run,
        "sk-ant-api03-" + Run,
        "sk-or-v1-a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "gsk_" + Run,
        "xai-" + Run,
        "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
        "AQ.Ab8RN6" + Run,
        "hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567",
        "csk-a1b2c3d4e5f6g7h8j9k0m1n2p3q4r5s6",
        "nvapi-" + Run,
        "pplx-" + Run,
        "fw_3ZkQpR7sT9uVwX1yZ2aB4cD6",
        "tgp_v1_" + Run,
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "github_pat_11ABCDEFG0abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW",
        "gho_16C7e42F292c6912E7710c838347Ae178B4a",
        "r8_" + Run,
        "q7Xk2mPz9LwR4tYb8NcV1sDf6GhJ3aQe", // Mistral, DeepInfra, AI21
        "Zb3Kq9XwT2mLr8VnY5cJ1pDf7GhS4aQeUo6iBtRk", // Cohere
        "a1B2c3D4.e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0", // Baseten
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301", // SambaNova
        "a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "AKIAIOSFODNN7EXAMPLE",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "Bearer " + Run);

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_is_told_from_a_name(string key)
    {
        Assert.True(Secrets.IsKeyInsteadOfName(key));
        Assert.True(Secrets.IsKey(key));
        Assert.True(Secrets.IsKey("openai/" + key));
        Assert.DoesNotContain(key, Secrets.Redact($"Deployment '{key}' has no key"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_key_of_AWS_has_slashes() => Assert.True(Secrets.IsKeyInsteadOfName("wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY"));

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_is_in_no_message_and_no_code(string key)
    {
        string[] sources =
        [
            $$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", ApiKeyEnv = "{{key}}")]""",
            $$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", EndpointEnv = "{{key}}")]""",
            $$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Name = "{{key}}")]""",
            $$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Region = "{{key}}")]""",
            $$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Tags = ["eu", "{{key}}"])]""",
            $$"""[ModelGroup("a"), Deployment("openai/{{key}}")]""",
            $$"""[ModelGroup("a"), Deployment("{{key}}")]""",
            $$"""[ModelGroup("a"), Deployment("{{key}}/gpt-6-luna")]""",
            $$"""[ModelGroup("{{key}}"), Deployment("openai/gpt-6-luna")]""",
            $$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Group = "{{key}}")]""",
            $$"""[ModelGroup("a", Fallbacks = ["{{key}}"]), Deployment("openai/gpt-6-luna")]""",
            $$"""[Provider("p", Dialect.OpenAIChat, Endpoint = "https://p.example", ApiKeyEnv = "{{key}}"), ModelGroup("a"), Deployment("p/m", InputPrice = 1, OutputPrice = 1)]""",
            $$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Endpoint = "https://{{key.Replace(" ", "")}}@proxy.example/v1")]""",
            $$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Endpoint = "https://proxy.example/v1?key={{key.Replace(" ", "")}}")]""",
        ];
        IEnumerable<string> classes = sources.Select((source, i) => $"{source} public static partial class Models{i};");
        (string code, IReadOnlyList<string> messages) = await FindAsync(new Verifier { Sources = ["using RouterGen;\n" + string.Join("\n", classes)] });

        Assert.True(messages.Count >= sources.Length, string.Join("\n", messages));
        Assert.All(messages, message => Assert.DoesNotContain(key, message, StringComparison.Ordinal));
        Assert.DoesNotContain(key, code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:hunter2@proxy.example/v1")]
    [InlineData("https://hunter2@proxy.example")]
    [InlineData("https://proxy.example/v1?api_key=hunter2")]
    [InlineData("https://proxy.example/v1#hunter2")]
    [InlineData("ftp://user:hunter2@proxy.example/v1")]
    [InlineData("user:hunter2@proxy.example/v1")]
    public async Task What_may_be_a_password_in_a_URL_is_not_shown(string endpoint)
    {
        (string code, IReadOnlyList<string> messages) = await FindAsync(
            new Verifier { Sources = [ProblemFinder.Class($$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Endpoint = "{{endpoint}}")]""")] });

        string message = Assert.Single(messages);
        Assert.StartsWith("RG0114: ", message, StringComparison.Ordinal);
        Assert.Contains("proxy.example", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message + code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_URL_in_place_of_the_name_of_a_variable_is_told()
    {
        (string code, IReadOnlyList<string> messages) = await FindAsync(
            new Verifier { Sources = [ProblemFinder.Class("""[ModelGroup("a"), Deployment("openai/gpt-6-luna", EndpointEnv = "https://user:hunter2@proxy.example/v1?x=1")]""")] });

        Assert.Equal(["RG0114: Endpoint 'https://***@proxy.example/v1?***' is no name of an environment variable: state it as Endpoint"], messages);
        Assert.DoesNotContain("hunter2", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://gateway.ai.cloudflare.com/v1/a1b2c3d4e5f60718293a4b5c6d7e8f90/mine/openai")]
    [InlineData("https://x7k2m9p4q1w8e5r3.us-east-1.aws.endpoints.huggingface.cloud/v1")]
    [InlineData("https://host.example/3f2504e0-4f89-11d3-9a0c-0305e82c3301/v1")]
    public async Task An_id_in_a_URL_is_no_key(string endpoint) => Assert.Empty(
        (await FindAsync(new Verifier { Sources = [ProblemFinder.Class($$"""[ModelGroup("a"), Deployment("openai/gpt-6-luna", Endpoint = "{{endpoint}}")]""")] })).Messages);

    [Fact]
    public void No_model_of_the_catalog_is_taken_for_a_key() => Assert.All(
        ModelCatalog.Default.Providers.SelectMany(provider => provider.Models.SelectMany(model => model.Aliases.Prepend(model.Name)).SelectMany(model => new[] { model, provider.Name + "/" + model })),
        model => Assert.False(Secrets.IsKey(model), model));

    [Fact]
    public void No_variable_of_the_catalog_is_taken_for_a_key() => Assert.All(
        ModelCatalog.Default.Providers.SelectMany(provider => new[] { provider.KeyVariable, provider.EndpointVariable }).OfType<string>(),
        variable => Assert.False(Secrets.IsKeyInsteadOfName(variable), variable));

    [Theory]
    [InlineData("AZURE_OPENAI_API_KEY_EASTUS2_PROD01")]
    [InlineData("HF_TOKEN")]
    [InlineData("my_openai_key_for_the_european_team")]
    [InlineData("OpenAiApiKey2")]
    [InlineData("FW_KEY_A1B2C3D4E5F60718293A4B5C6D7E8F90")]
    [InlineData("Providers:OpenAI:EuropeWest:ApiKey")]
    public void A_variable_is_no_key(string name) => Assert.False(Secrets.IsKeyInsteadOfName(name));

    [Theory]
    [InlineData("us-east-1")]
    [InlineData("southeastasia2")]
    [InlineData("customer-facing-production-2026")]
    [InlineData("xai-fast-and-cheap-in-europe-2")]
    [InlineData("hf_my_own_endpoint_number_2_in_paris")]
    [InlineData("openai/gpt-6-luna #12")]
    [InlineData("Qwen/Qwen3-VL-235B-A22B-Thinking-FP8-Turbo-2507")]
    [InlineData("meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8")]
    [InlineData("NousResearch/Hermes-2-Pro-Llama3-8B-GGUF:Q4_K_M")]
    [InlineData("accounts/acme/deployedModels/llama-v3p1-8b-instruct-ab12cd34")]
    [InlineData("ft:gpt-4.1-mini-2025-04-14:acme:support-bot:CbK8xQ2p")]
    [InlineData("Gpt4oMiniDeploymentInWestEurope2")]
    [InlineData("gpt4omini20240718deploymenteu")]
    [InlineData("anthropic.claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q8_0")]
    public void A_name_is_no_key(string name)
    {
        Assert.False(Secrets.IsKey(name));
        Assert.Equal($"Deployment '{name}'", Secrets.Redact($"Deployment '{name}'"));
    }

    [Fact]
    public void Each_provider_says_what_its_keys_start_with() => Assert.All(ModelCatalog.Default.Providers, provider =>
    {
        Assert.True(provider.KeyPrefixes is not null, $"{provider.Name} does not say what its keys start with; [] is that they start with nothing of their own.");
        Assert.All(provider.KeyPrefixes, prefix => Assert.True(Secrets.IsKeyInsteadOfName(prefix + Run), prefix));
    });

    [Theory]
    [InlineData("apiKey")]
    [InlineData("api_key")]
    [InlineData("apikey")]
    [InlineData("API-Key")]
    [InlineData("key")]
    [InlineData("token")]
    [InlineData("secret")]
    public async Task A_key_in_models_json_is_told_what_names_its_variable(string property)
    {
        const string Key = "hunter2-and-more";
        string[] files =
        [
            $$"""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-6-luna", "{{property}}": "{{Key}}" }] } } }""",
            $$"""{ "groups": { "a": { "{{property}}": "{{Key}}", "deployments": ["openai/gpt-6-luna"] } } }""",
            $$"""{ "providers": { "p": { "dialect": "openAIChat", "{{property}}": "{{Key}}" } }, "groups": { "a": { "deployments": ["openai/gpt-6-luna"] } } }""",
            $$"""{ "{{property}}": "{{Key}}", "groups": { "a": { "deployments": ["openai/gpt-6-luna"] } } }""",
        ];
        foreach (string file in files)
        {
            (string code, IReadOnlyList<string> messages) = await FindAsync(new Verifier { Sources = [], Files = [new UserFile(file)] });

            Assert.Contains(
                $"RG0111: The value of {property} looks like an API key: keep it out of the source, put it into an environment variable and name that with apiKeyEnv",
                messages);
            Assert.DoesNotContain(Key, code + string.Concat(messages), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("apiKey")]
    [InlineData("api_key")]
    [InlineData("token")]
    public async Task A_variable_under_the_name_of_a_key_is_a_misspelt_property(string property)
    {
        (_, IReadOnlyList<string> messages) = await FindAsync(new Verifier
        {
            Sources = [],
            Files = [new UserFile($$"""{ "groups": { "a": { "deployments": [{ "model": "openai/gpt-6-luna", "{{property}}": "MY_API_KEY" }] } } }""")],
        });

        Assert.Equal([$"RG0202: Property '{property}' is unknown here; did you mean 'apiKeyEnv'?"], messages);
    }

    private static async Task<(string Code, IReadOnlyList<string> Messages)> FindAsync(Verifier verifier)
    {
        GeneratorRun run = verifier.Run(out _);
        IEnumerable<Diagnostic> diagnostics = await AnalyzerVerifier.AnalyzeAsync(run.CompilationWithoutCodecs, verifier);
        return (
            string.Concat(run.Files.Where(file => file.Key.StartsWith("Models", StringComparison.Ordinal)).Select(file => file.Value)),
            [.. diagnostics.Where(found => found.Id is not ("RG0011" or "RG0115")).Select(found => $"{found.Id}: {found.GetMessage(CultureInfo.InvariantCulture)}")]);
    }
}
