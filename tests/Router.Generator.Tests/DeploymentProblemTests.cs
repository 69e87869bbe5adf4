using RouterGen.Declarations.Model;
using static RouterGen.Generator.Tests.ProblemFinder;

namespace RouterGen.Generator.Tests;

/// <summary>RG01xx: what is wrong with deployments and providers.</summary>
public class DeploymentProblemTests
{
    [Theory]
    [InlineData("anthropc/claude-haiku-4-5", "anthropic/claude-haiku-4-5", "names the unknown provider 'anthropc'; did you mean 'anthropic/claude-haiku-4-5'?")]
    [InlineData("OpenAI/gpt-4o", "openai/gpt-4o", "names the unknown provider 'OpenAI'; did you mean 'openai/gpt-4o'?")]
    [InlineData("gpt-4o", "openai/gpt-4o", "names no provider; did you mean 'openai/gpt-4o'?")]
    [InlineData("whatever", null, "names no provider: write \"provider/model\"")]
    [InlineData("", null, "names no provider: write \"provider/model\"")]
    [InlineData("/", null, "names no provider: write \"provider/model\"")]
    [InlineData("openai/", null, "names no model: write \"provider/model\"")]
    [InlineData("my-lan-box/llama", null, "names the unknown provider 'my-lan-box': declare it with [Provider(\"my-lan-box\", Dialect.OpenAIChat, Endpoint = \"https://…\")]")]
    public void RG0101_the_provider_is_unknown(string model, string? replacement, string tail)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a"), Deployment("{model}")]"""));

        Assert.Equal(("RG0101", $"\"{model}\"", replacement), (problem.Id, problem.Text, problem.Fix));
        Assert.Equal($"Deployment '{model}' {tail}", problem.Message);
    }

    [Fact]
    public void RG0101_is_silent_for_a_declared_provider() => Assert.Empty(Find(Class("""
        [Provider("my-vllm", Dialect.OpenAIChat, Endpoint = "http://localhost:8000/v1")]
        [ModelGroup("a"), Deployment("my-vllm/llama")]
        """)));

    [Theory]
    [InlineData("openai/gpt-4o-mni", "openai/gpt-4o-mini", "openai", "; did you mean 'openai/gpt-4o-mini'?")]
    [InlineData("anthropic/claude-haiku-4.5", "anthropic/claude-haiku-4-5", "anthropic", "; did you mean 'anthropic/claude-haiku-4-5'?")]
    [InlineData("openai/the-one-of-tomorrow", null, "openai", ": its price, its limits and what it takes are not known")]
    public void RG0102_the_model_is_not_in_the_catalog(string model, string? replacement, string provider, string tail)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a"), Deployment("{model}")]"""));

        Assert.Equal(("RG0102", $"\"{model}\"", replacement), (problem.Id, problem.Text, problem.Fix));
        Assert.Equal($"Deployment '{model}' names a model that is not in the catalog of provider '{provider}'{tail}", problem.Message);
    }

    [Theory]
    [InlineData("Deployment(\"openai/gpt-4o-2024-08-06\")")]
    [InlineData("Deployment(\"openai/ft:gpt-99:acme::id\", InputPrice = 1, OutputPrice = 1)")]
    [InlineData("Deployment(\"ollama/my-own\")")]
    [InlineData("Deployment(\"openrouter/new/model\", InputPrice = 1, OutputPrice = 1)")]
    [InlineData("Deployment(\"openai/my-llama\", Endpoint = \"https://llm.example.com/v1\", InputPrice = 1, OutputPrice = 1)")]
    public void RG0102_is_silent_for_models_that_are_known_or_that_nobody_can_list(string deployment) => Assert.Empty(Find(Class($"""[ModelGroup("a"), {deployment}]""")));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-1", "-1")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("double.PositiveInfinity", "Infinity")]
    [InlineData("0.0000009", "9E-07")]
    [InlineData("1000001", "1000001")]
    public void RG0105_a_weight_is_within_bounds(string weight, string shown)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Weight = {weight})]"""));

        Assert.Equal(("RG0105", weight), (problem.Id, problem.Text));
        Assert.Equal("Weight must be between 0.000001 and 1000000, but is " + shown, problem.Message);
    }

    [Theory]
    [InlineData("Weight = 0.1", "Weight = 0.2", "Weight = 0.7")]
    [InlineData("Weight = 99", "Rpm = 2", "Rpm = 3")]
    [InlineData("Weight = 1, Order = 1", "Weight = 0.3, Order = 2", "Weight = 0.7, Order = 2")]
    public void RG0106_is_silent_for_shares_of_one_and_for_a_weight_alone(string first, string second, string third) => Assert.Empty(Find(Class(
        $"""[ModelGroup("a"), Deployment("openai/gpt-4o", {first}), Deployment("openai/o3", {second}), Deployment("anthropic/claude-haiku-4-5", {third})]""")));

    [Fact]
    public void RG0106_counts_a_deployment_without_a_weight_as_one() => Assert.Equal("RG0106", Single(Class(
        """[ModelGroup("a"), Deployment("openai/gpt-4o", Weight = 70), Deployment("openai/o3", Weight = 30), Deployment("anthropic/claude-haiku-4-5")]""")).Id);

    [Theory]
    [InlineData("Rpm")]
    [InlineData("Tpm")]
    [InlineData("MaxConcurrency")]
    [InlineData("MaxOutputTokens")]
    [InlineData("ContextWindow")]
    [InlineData("InputLimit")]
    [InlineData("OutputLimit")]
    public void RG0108_a_limit_of_a_deployment_is_positive(string property)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", {property} = 0)]"""));

        Assert.Equal(("RG0108", "0", $"{property} must be greater than 0, but is 0"), (problem.Id, problem.Text, problem.Message));
    }

    [Theory]
    [InlineData("MaxAttempts", "0")]
    [InlineData("AllowedFails", "-1")]
    [InlineData("TimeoutSeconds", "0")]
    [InlineData("AttemptTimeoutSeconds", "-2.5")]
    [InlineData("FirstTokenTimeoutSeconds", "double.NaN")]
    [InlineData("StreamIdleTimeoutSeconds", "double.PositiveInfinity")]
    [InlineData("CooldownSeconds", "1e300")]
    public void RG0108_a_limit_of_a_group_is_within_bounds(string property, string value)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a", {property} = {value}), Deployment("openai/gpt-4o")]"""));

        Assert.Equal(("RG0108", value), (problem.Id, problem.Text));
        Assert.StartsWith(property + " must be ", problem.Message);
    }

    [Theory]
    [InlineData("InputPrice")]
    [InlineData("OutputPrice")]
    [InlineData("CacheReadPrice")]
    [InlineData("CacheWritePrice")]
    public void RG0108_a_price_is_not_negative(string property) =>
        Assert.Equal("RG0108", Single(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", {property} = -1)]""")).Id);

    [Fact]
    public void RG0105_and_RG0108_are_silent_within_bounds() => Assert.Empty(Find(Class("""
        [ModelGroup("a", MaxAttempts = 1, AllowedFails = 0, TimeoutSeconds = 0.5, CooldownSeconds = 1)]
        [Deployment("openai/gpt-4o", Weight = 0.001, Rpm = 1, Tpm = 1, MaxConcurrency = 1, Order = -1, InputPrice = 0, OutputPrice = double.NaN)]
        """)));

    [Theory]
    [InlineData("0.000001")]
    [InlineData("1000000")]
    public void RG0105_is_silent_at_its_bounds(string weight) => Assert.Empty(Find(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Weight = {weight})]""")));

    [Theory]
    [InlineData("Deployment(\"ollama/my-own\")")]
    [InlineData("Deployment(\"huggingface/org/m\", Endpoint = \"http://localhost:8080/v1\")")]
    [InlineData("Deployment(\"huggingface/org/m\", InputPrice = 0, OutputPrice = 0)")]
    [InlineData("Deployment(\"openai/gpt-4o\", OutputPrice = 1)")]
    [InlineData("Deployment(\"openai/ft:gpt-4o-2024-08-06:acme::id\")")]
    public void RG0115_is_silent_where_prices_are_known_or_there_are_none(string deployment) => Assert.Empty(Find(Class($"""[ModelGroup("a"), {deployment}]""")));

    [Fact]
    public void RG0110_a_deployment_is_there_twice()
    {
        FoundProblem problem = Single(Class("""[ModelGroup("a"), Deployment("openai/gpt-4o"), Deployment("openai/gpt-4o", Weight = 2)]"""));

        Assert.Equal(("RG0110", "\"openai/gpt-4o\""), (problem.Id, problem.Text));
        Assert.StartsWith("Model group 'a' has the deployment 'openai/gpt-4o' twice", problem.Message);
    }

    [Fact]
    public void RG0110_is_silent_where_key_endpoint_or_group_differ() => Assert.Empty(Find(
        Class("""
            [ModelGroup("a")]
            [Deployment("openai/gpt-4o")]
            [Deployment("openai/gpt-4o", ApiKeyEnv = "OTHER")]
            [Deployment("openai/gpt-4o", Endpoint = "https://eu.api.openai.com/v1")]
            [Deployment("openai/gpt-4o", EndpointEnv = "EU_URL")]
            """),
        Class("""[ModelGroup("b"), Deployment("openai/gpt-4o")]""")));

    [Theory]
    [InlineData("ApiKeyEnv", "sk-abc")]
    [InlineData("ApiKeyEnv", "sk-ant-REDACTED")]
    [InlineData("ApiKeyEnv", "gsk_abc")]
    [InlineData("ApiKeyEnv", "AIzaSyA")]
    [InlineData("ApiKeyEnv", "xai-1")]
    [InlineData("ApiKeyEnv", "hf_1")]
    [InlineData("ApiKeyEnv", "Bearer x")]
    [InlineData("ApiKeyEnv", "0123456789-abcdefghijkl")]
    [InlineData("Name", "sk-proj-0123456789abcdef")]
    [InlineData("EndpointEnv", "gsk_0123456789abcdefghij")]
    public void RG0111_a_key_is_in_the_source(string property, string value)
    {
        FoundProblem problem = Single(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", {property} = "{value}")]"""));

        Assert.Equal(("RG0111", $"\"{value}\""), (problem.Id, problem.Text));
        Assert.Equal(property is "ApiKeyEnv" ? "OPENAI_API_KEY" : null, problem.Fix);
        Assert.DoesNotContain(value, problem.Message);
    }

    [Theory]
    [InlineData("ApiKeyEnv", "OPENAI_KEY_2")]
    [InlineData("ApiKeyEnv", "a_very_long_but_quite_legal_variable_name_indeed")]
    [InlineData("Name", "xai-fast")]
    [InlineData("Name", "sk-the-one-in-slovakia-without-digits")]
    public void RG0111_is_silent_for_names(string property, string value) =>
        Assert.Empty(Find(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", {property} = "{value}")]""")));

    [Fact]
    public void RG0112_no_key_is_named()
    {
        FoundProblem problem = Single(Class("""
            [Provider("my-proxy", Dialect.OpenAIChat, Endpoint = "https://proxy.example.com")]
            [ModelGroup("a"), Deployment("my-proxy/m")]
            """));

        Assert.Equal(("RG0112", "\"my-proxy/m\"", "MY_PROXY_API_KEY"), (problem.Id, problem.Text, problem.Fix));
        Assert.Equal("Deployment 'my-proxy/m' has no key: provider 'my-proxy' has no conventional variable for it; name one with ApiKeyEnv", problem.Message);
    }

    [Fact]
    public void RG0112_is_silent_where_a_key_is_named_or_none_is_taken() => Assert.Empty(Find(Class("""
        [Provider("a", Dialect.OpenAIChat, Endpoint = "https://proxy.example.com", ApiKeyEnv = "A")]
        [Provider("b", Dialect.OpenAIChat, Endpoint = "https://proxy.example.com")]
        [Provider("c", Dialect.OpenAIChat, Endpoint = "http://127.0.0.7:8000")]
        [ModelGroup("a"), Deployment("a/m", InputPrice = 1, OutputPrice = 1), Deployment("b/m", ApiKeyEnv = "B", InputPrice = 1, OutputPrice = 1), Deployment("c/m"), Deployment("b/m", Endpoint = "http://[::1]:1")]
        """)));

    [Fact]
    public void RG0112_is_silent_of_a_server_that_takes_no_key() => Assert.Empty(Find(Class("""
        [Provider("a", Dialect.OpenAIChat, Endpoint = "https://proxy.example.com", ApiKeyEnv = "")]
        [Provider("b", Dialect.OpenAIChat, Endpoint = "http://inference:8000/v1")]
        [ModelGroup("a"), Deployment("a/m"), Deployment("b/m"), Deployment("openai/own", ApiKeyEnv = "", Endpoint = "http://own:8000/v1"), Deployment("vllm/m", Endpoint = "http://vllm:8000/v1")]
        """)));

    [Fact]
    public void RG0113_no_endpoint_is_stated()
    {
        FoundProblem problem = Single(Class("""
            [Provider("lan", Dialect.OpenAIChat, ApiKeyEnv = "LAN")]
            [ModelGroup("a"), Deployment("lan/m"), Deployment("lan/n", Endpoint = "http://localhost:1")]
            """));

        Assert.Equal(("RG0113", "\"lan/m\""), (problem.Id, problem.Text));
        Assert.Equal("Deployment 'lan/m' has no endpoint: state Endpoint on it or on [Provider(\"lan\")]", problem.Message);
    }

    [Theory]
    [InlineData("api.openai.com/v1", "not an absolute URL")]
    [InlineData("/v1", "not an absolute URL")]
    [InlineData("ftp://localhost", "not an absolute URL")]
    [InlineData("https://", "not an absolute URL")]
    [InlineData("https://user:secret@example.com", "without user name")]
    [InlineData("https://example.com/?key=1", "without user name")]
    public void RG0114_an_endpoint_is_an_absolute_https_url(string endpoint, string reason)
    {
        FoundProblem onDeployment = Single(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Endpoint = "{endpoint}")]"""));
        FoundProblem onProvider = Single(Class($"""[Provider("p", Dialect.OpenAIChat, Endpoint = "{endpoint}")]"""));
        FoundProblem onAssembly = Single($"""[assembly: RouterGen.Provider("p", RouterGen.Dialect.OpenAIChat, Endpoint = "{endpoint}")]""");

        Assert.All([onDeployment, onProvider, onAssembly], problem =>
        {
            Assert.Equal(("RG0114", $"\"{endpoint}\""), (problem.Id, problem.Text));
            Assert.Contains(reason, problem.Message);
        });
    }

    [Theory]
    [InlineData("http://api.openai.com/v1")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("HTTP://vllm:8000/v1")]
    public void RG0114_a_key_is_not_sent_in_clear_text(string endpoint)
    {
        FoundProblem onDeployment = Single(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Endpoint = "{endpoint}")]"""));
        FoundProblem onProvider = Single(Class($"""[Provider("p", Dialect.OpenAIChat, Endpoint = "{endpoint}", ApiKeyEnv = "KEY")]"""));
        FoundProblem onAssembly = Single($"""[assembly: RouterGen.Provider("p", RouterGen.Dialect.OpenAIChat, Endpoint = "{endpoint}", ApiKeyEnv = "KEY")]""");

        Assert.All([onDeployment, onProvider, onAssembly], problem =>
        {
            Assert.Equal(("RG0114", $"\"{endpoint}\""), (problem.Id, problem.Text));
            Assert.Equal($"Endpoint '{endpoint}' would send the key in clear text: use https, or, where the server takes no key, state ApiKeyEnv = \"\"", problem.Message);
        });
    }

    [Fact]
    public void RG0114_is_told_of_the_deployment_that_names_a_key_for_a_server_without_TLS() => Assert.Equal(("RG0114", "\"KEY\""), Single(Class("""
        [Provider("p", Dialect.OpenAIChat, Endpoint = "http://p:8000")]
        [ModelGroup("a"), Deployment("p/m"), Deployment("p/n", ApiKeyEnv = "KEY")]
        """)) switch { var problem => (problem.Id, problem.Text) });

    [Theory]
    [InlineData("https://example.com/base/")]
    [InlineData("http://localhost:8000/v1")]
    [InlineData("http://127.9.9.9")]
    [InlineData("http://[::1]:80")]
    public void RG0114_is_silent_for_https_and_loopback(string endpoint) =>
        Assert.Empty(Find(Class($"""[ModelGroup("a"), Deployment("openai/gpt-4o", Endpoint = "{endpoint}")]""")));
}
