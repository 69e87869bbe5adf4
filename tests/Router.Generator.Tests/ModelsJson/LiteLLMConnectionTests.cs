using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Tests;

/// <summary>Where the deployments of a LiteLLM configuration are, and which key they send: what api_base and api_key mean there.</summary>
public class LiteLLMConnectionTests
{
    // Where LiteLLM sends a request to the model with this api_base, this program's own path included, or the same server's path here.
    [Theory]
    [InlineData("ollama/qwen3", "http://localhost:11434", "http://localhost:11434")]
    [InlineData("ollama/qwen3", "http://localhost:11434/", "http://localhost:11434")]
    [InlineData("ollama/qwen3", "http://localhost:11434/v1", "http://localhost:11434")]
    [InlineData("ollama/qwen3", "http://localhost:11434/api/generate", "http://localhost:11434")]
    [InlineData("ollama_chat/qwen3", "http://ollama:11434", "http://ollama:11434")]
    [InlineData("ollama_chat/qwen3", "http://ollama:11434/api/chat", "http://ollama:11434")]
    [InlineData("ollama_chat/qwen3", "https://gateway.example/ollama", "https://gateway.example/ollama")]
    [InlineData("anthropic/claude-haiku-5-5", "https://proxy.example", "https://proxy.example")]
    [InlineData("anthropic/claude-haiku-5-5", "https://proxy.example/v1", "https://proxy.example")]
    [InlineData("anthropic/claude-haiku-5-5", "https://proxy.example/anthropic/v1/messages", "https://proxy.example/anthropic")]
    [InlineData("gemini/gemini-3-flash", "https://proxy.example/v1beta", "https://proxy.example/v1beta")]
    [InlineData("gemini/gemini-3-flash", "https://proxy.example/v1beta/models", "https://proxy.example/v1beta")]
    [InlineData("gemini/gemini-3-flash", "https://proxy.example/v1beta/openai/", "https://proxy.example/v1beta")]
    [InlineData("cohere_chat/command-a-03-2025", "https://api.cohere.com/v2/chat", "https://api.cohere.com/v2")]
    [InlineData("cohere/command-a-03-2025", "https://api.cohere.com/v1/chat", "https://api.cohere.com/v2")]
    [InlineData("cohere/command-a-03-2025", "https://api.cohere.com/v2", "https://api.cohere.com/v2")]
    [InlineData("cohere/command-a-03-2025", "https://api.cohere.com/compatibility/v1", "https://api.cohere.com/v2")]
    [InlineData("mistral/mistral-small-latest", "https://proxy.example", "https://proxy.example/v1")]
    [InlineData("mistral/mistral-small-latest", "https://proxy.example/v1", "https://proxy.example/v1")]
    [InlineData("huggingface/org/model", "https://endpoint.example", "https://endpoint.example/v1")]
    [InlineData("hosted_vllm/m", "http://vllm:8000", "http://vllm:8000/v1")]
    [InlineData("hosted_vllm/m", "http://vllm:8000/v1", "http://vllm:8000/v1")]
    [InlineData("hosted_vllm/m", "https://gateway.example/openai", "https://gateway.example/openai")]
    [InlineData("lm_studio/m", "http://localhost:1234", "http://localhost:1234/v1")]
    [InlineData("llamafile/m", "http://localhost:8080/v1", "http://localhost:8080/v1")]
    [InlineData("openai/m", "https://proxy.example", "https://proxy.example")]
    [InlineData("openai/m", "https://proxy.example/v1/", "https://proxy.example/v1")]
    [InlineData("custom_openai/m", "https://proxy.example/v1", "https://proxy.example/v1")]
    [InlineData("groq/m", "https://proxy.example/openai/v1", "https://proxy.example/openai/v1")]
    [InlineData("deepseek/deepseek-chat", "https://proxy.example/beta", "https://proxy.example/beta")]
    [InlineData("openrouter/openai/gpt-6-luna", "https://proxy.example/api/v1", "https://proxy.example/api/v1")]
    [InlineData("perplexity/sonar", "https://proxy.example", "https://proxy.example")]
    [InlineData("together_ai/m", "https://proxy.example/v1", "https://proxy.example/v1")]
    [InlineData("fireworks_ai/m", "https://proxy.example/inference/v1", "https://proxy.example/inference/v1")]
    [InlineData("databricks/my-endpoint", "https://my.azuredatabricks.net", "https://my.azuredatabricks.net/serving-endpoints")]
    [InlineData("databricks/my-endpoint", "https://my.azuredatabricks.net/serving-endpoints", "https://my.azuredatabricks.net/serving-endpoints")]
    [InlineData("watsonx/ibm/granite-4-h-small", "https://eu-de.ml.cloud.ibm.com/", "https://eu-de.ml.cloud.ibm.com/ml/gateway/v1")]
    [InlineData("xai/grok-4", "https://proxy.example/v1", "https://proxy.example/v1")]
    public void A_base_means_what_it_means_to_LiteLLM(string model, string apiBase, string endpoint) => Assert.Contains(
        $"Endpoint = \"{endpoint}\",",
        Emitted($$"""{ "model": "{{model}}", "api_base": "{{apiBase}}" }"""));

    // https://docs.litellm.ai/docs/providers/bedrock: the API and the region may stand before the model.
    [Theory]
    [InlineData("bedrock/us.anthropic.claude-opus-5-5", "{AWS_REGION|AWS_DEFAULT_REGION|AWS_REGION_NAME}", "us.anthropic.claude-opus-5-5", "BedrockConverseCodec")]
    [InlineData("bedrock_converse/us.anthropic.claude-opus-5-5", "{AWS_REGION|AWS_DEFAULT_REGION|AWS_REGION_NAME}", "us.anthropic.claude-opus-5-5", "BedrockConverseCodec")]
    [InlineData("bedrock/converse/eu-central-1/anthropic.claude-opus-5-5", "eu-central-1", "anthropic.claude-opus-5-5", "BedrockConverseCodec")]
    [InlineData("bedrock/invoke/us-gov-west-1/anthropic.claude-opus-5-5", "us-gov-west-1", "anthropic.claude-opus-5-5", "BedrockAnthropicCodec")]
    [InlineData("bedrock/invoke/meta.llama3-3-70b-instruct-v1:0", "{AWS_REGION|AWS_DEFAULT_REGION|AWS_REGION_NAME}", "meta.llama3-3-70b-instruct-v1:0", "BedrockConverseCodec")]
    [InlineData("bedrock/arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite-v1:0", "{AWS_REGION|AWS_DEFAULT_REGION|AWS_REGION_NAME}", "arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite-v1:0", "BedrockConverseCodec")]
    public void The_API_and_the_region_of_Bedrock_stand_before_the_model(string stated, string region, string model, string codec)
    {
        string emitted = Emitted($$"""{ "model": "{{stated}}" }""");

        Assert.Contains($"Endpoint = \"https://bedrock-runtime.{region}.amazonaws.com\",", emitted);
        Assert.Contains($"Model = \"{model}\",", emitted);
        Assert.Contains($"Codec = new global::RouterGen.Codecs.{codec}<", emitted);
    }

    [Theory]
    [InlineData("os.environ/AWS_REGION_NAME", "{AWS_REGION|AWS_DEFAULT_REGION|AWS_REGION_NAME}")]
    [InlineData("os.environ/AWS_REGION", "{AWS_REGION|AWS_DEFAULT_REGION|AWS_REGION_NAME}")]
    [InlineData("eu-west-3", "eu-west-3")]
    public void The_region_of_Bedrock_may_be_in_a_variable(string stated, string region) => Assert.Contains(
        $"Endpoint = \"https://bedrock-runtime.{region}.amazonaws.com\",",
        Emitted($$"""{ "model": "bedrock/us.anthropic.claude-opus-5-5", "aws_region_name": "{{stated}}" }"""));

    [Theory]
    [InlineData("ollama_chat/qwen3", null)]
    [InlineData("cohere_chat/command-a-03-2025", "EndpointSuffix = \"/v2\",")]
    [InlineData("mistral/mistral-small-latest", "EndpointSuffix = \"/v1\",")]
    [InlineData("databricks/my-endpoint", "EndpointSuffix = \"/serving-endpoints\",")]
    [InlineData("watsonx/my-model", "EndpointSuffix = \"/ml/gateway/v1\",")]
    [InlineData("gemini/gemini-3-flash", null)]
    [InlineData("anthropic/claude-haiku-5-5", null)]
    [InlineData("openai/gpt-6-luna", null)]
    public void A_variable_with_the_base_is_completed_while_the_program_runs(string model, string? suffix)
    {
        string emitted = Emitted($$"""{ "model": "{{model}}", "api_base": "os.environ/THE_BASE" }""");

        Assert.Contains("EndpointVariable = \"THE_BASE\",", emitted);
        if (suffix is null) Assert.DoesNotContain("EndpointSuffix", emitted);
        else Assert.Contains(suffix, emitted);
    }

    [Fact]
    public void The_other_name_of_a_provider_is_the_same_provider() => Assert.Contains("Provider = \"ollama\",", Emitted("""{ "model": "qwen3:14b", "custom_llm_provider": "ollama_chat" }"""));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("EMPTY")]
    [InlineData("dummy")]
    [InlineData("no-key")]
    [InlineData("no_key_needed")]
    [InlineData("not-needed")]
    [InlineData("sk-no-key-required")]
    [InlineData("lm-studio")]
    [InlineData("ollama")]
    [InlineData("anything")]
    [InlineData("sk-1234")]
    [InlineData("sk-xxx")]
    [InlineData("sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("sk-1234567890")]
    [InlineData("sk-00000000000000000000000000000000")]
    [InlineData("token-abc123")]
    [InlineData("your-api-key-here")]
    [InlineData("<YOUR_API_KEY>")]
    [InlineData("my-key")]
    [InlineData("x")]
    [InlineData("n/a")]
    public async Task A_placeholder_means_that_no_key_is_sent(string key)
    {
        string parameters = $$"""{ "model": "openai/qwen2.5-coder", "api_base": "http://inference:1234/v1", "api_key": "{{key}}" }""";

        await AnalyzerVerifier.VerifyJsonAsync(Config(parameters));
        Assert.DoesNotContain("KeyVariable", Emitted(parameters));
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("tr0ub4dor&3")]
    public async Task A_short_word_that_may_be_a_password_is_not_sent_and_told(string key)
    {
        string parameters = $$"""{ "model": "openai/qwen2.5-coder", "api_base": "http://inference:1234/v1", {|RG0204:"api_key"|}: "{{key}}" }""";

        await AnalyzerVerifier.VerifyJsonAsync(
            Config(parameters), "",
            "Of LiteLLM's settings in litellm_params, these have no effect here: 'api_key' (too short for a key, it is not sent; where the server takes one, name a variable with \"os.environ/…\")");
        Assert.DoesNotContain(key, Emitted(parameters, "RG0204"));
    }

    [Theory]
    [InlineData("sk-proj-Zq81xW0yKp4T7nB2mV5c")]
    [InlineData("gsk_4fJ0pWq9sLd2VbN7xRt1WGdyb3FY")]
    [InlineData("3f9c1e07b5d84a62913ccdab0477e5f2")]
    [InlineData("sk-or-v1-5d0e9f3b7a1c")]
    [InlineData("a-long-pass-phrase-of-the-owner")]
    public Task A_key_stays_a_key(string key) => AnalyzerVerifier.VerifyJsonAsync(
        Config($$"""{ "model": "openai/qwen2.5-coder", "api_base": "http://localhost:1234/v1", "api_key": {|RG0111:"{{key}}"|} }"""));

    [Fact]
    public async Task At_the_provider_itself_a_placeholder_says_nothing_and_its_variable_holds()
    {
        const string Parameters = """{ "model": "openai/gpt-6-luna", "api_key": "sk-1234" }""";

        await AnalyzerVerifier.VerifyJsonAsync(Config(Parameters));
        Assert.Contains("KeyVariable = \"OPENAI_API_KEY\",", Emitted(Parameters));
    }

    [Fact]
    public void No_key_of_the_catalog_is_a_placeholder() => Assert.All(
        ["sk-ant-api03-Ab3dEf6hIj9", "xai-7Ym2Kp9Qw4Zt8Lc1", "AIzaSyD3xW9kQ7mT2"], static key => Assert.False(PlaceholderKeys.IsPlaceholder(key) || PlaceholderKeys.IsTooShort(key), key));

    [Theory]
    [InlineData("""{ "model": "hosted_vllm/mistral-7b", "api_base": "http://vllm:8000/v1" }""")]
    [InlineData("""{ "model": "hosted_vllm/mistral-7b", "api_base": "https://vllm.example/v1" }""")]
    [InlineData("""{ "model": "ollama/llama3", "api_base": "http://ollama:11434/v1" }""")]
    [InlineData("""{ "model": "openai/own", "api_base": "http://10.0.0.7:8000/v1", "api_key": "EMPTY" }""")]
    public async Task A_deployment_that_sends_no_key_may_use_http(string parameters)
    {
        await AnalyzerVerifier.VerifyJsonAsync(Config(parameters));
        Assert.DoesNotContain("KeyVariable", Emitted(parameters));
    }

    [Theory]
    [InlineData("""{ "model": "openai/own", "api_base": {|RG0114:"http://inference:8000/v1"|} }""")]
    [InlineData("""{ "model": "openai/own", "api_base": {|RG0114:"http://inference:8000/v1"|}, "api_key": "os.environ/OWN_KEY" }""")]
    [InlineData("""{ "model": "hosted_vllm/own", "api_base": {|RG0114:"http://inference:8000/v1"|}, "api_key": "os.environ/OWN_KEY" }""")]
    public Task With_a_key_http_to_another_host_is_an_error(string parameters) => AnalyzerVerifier.VerifyJsonAsync(
        Config(parameters), "",
        "Endpoint 'http://inference:8000/v1' would send the key in clear text: use https, or, where the server takes no key, state \"api_key\": \"none\"");

    private static string Emitted(string parameters, params string[] problems) => new Verifier
    {
        Sources = [""],
        Files = [new UserFile(Markup.Parse(Config(parameters)).Source)],
        Problems = problems,
    }.Run(out _).Files["Models.A.g.cs"];

    private static string Config(string parameters) => $$"""{ "model_list": [{ "model_name": "a", "litellm_params": {{parameters}} }] }""";
}
