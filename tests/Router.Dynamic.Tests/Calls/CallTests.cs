using RouterGen.FakeProviders;

namespace RouterGen.Dynamic.Tests.Calls;

/// <summary>Groups that are read while the program runs answer, over real sockets, in each dialect and of each kind.</summary>
public sealed class CallTests : IAsyncLifetime
{
    private const string Key = "sk-of-the-shop";

    private FakeProviderServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeProviderServer.StartAsync(new FakeProviderOptions(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("openai/gpt-6-luna", "openAIChat", "/v1", "/openai/v1/chat/completions", "Bearer " + Key)]
    [InlineData("openai/gpt-6-luna", "openAIResponses", "/v1", "/openai/v1/responses", "Bearer " + Key)]
    [InlineData("anthropic/claude-haiku-5-5", "anthropicMessages", "", "/anthropic/v1/messages", Key)]
    [InlineData("gemini/gemini-3.5-flash", "gemini", "/v1beta", "/gemini/v1beta/models/gemini-3.5-flash:generateContent", Key)]
    [InlineData("cohere/command-a-03-2025", "cohereChat", "/v2", "/cohere/v2/chat", "Bearer " + Key)]
    [InlineData("ollama/llama3.2", "ollamaChat", "", "/ollama/api/chat", "Bearer " + Key)]
    [InlineData("bedrock/amazon.nova-micro-v1:0", "bedrockConverse", "", "/bedrock/model/amazon.nova-micro-v1:0/converse", "Bearer " + Key)]
    [InlineData("bedrock/us.anthropic.claude-haiku-5-5", "anthropicMessages", "", "/bedrock/model/us.anthropic.claude-haiku-5-5/invoke", "Bearer " + Key)]
    [InlineData("azure/my-gpt", "openAIChat", "/openai/v1", "/azure/openai/v1/chat/completions", Key)]
    public async Task A_conversation(string model, string dialect, string suffix, string path, string authorization)
    {
        using RouterModels models = Read(model, suffix, $"\"dialect\": \"{dialect}\"");

        RoutedResponse answer = await ((ChatGroup)models.Find("group")!).CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.EndsWith("You said: \"Hi\"", answer.Text);
        RecordedRequest request = Assert.Single(_server[model].Requests);
        Assert.Equal(path, request.Path);
        Assert.Contains(authorization, request.Headers.Values);
    }

    [Fact]
    public async Task A_streamed_conversation()
    {
        using RouterModels models = Read("openai/gpt-6-luna", "/v1");
        string text = "";
        await foreach (Microsoft.Extensions.AI.ChatResponseUpdate update in ((ChatGroup)models.Find("group")!).StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)) text += update.Text;
        Assert.EndsWith("You said: \"Hi\"", text);
    }

    [Theory]
    [InlineData("openai/text-embedding-3-small", "/v1")]
    [InlineData("cohere/embed-v4.0", "/v2")]
    [InlineData("gemini/gemini-embedding-001", "/v1beta")]
    [InlineData("ollama/nomic-embed-text", "")]
    [InlineData("bedrock/amazon.titan-embed-text-v2:0", "")]
    public async Task Vectors(string model, string suffix)
    {
        using RouterModels models = Read(model, suffix);
        RoutedEmbeddings answer = await ((EmbeddingGroup)models.Find("group")!).EmbedAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(0, answer[0].Vector.Length);
    }

    [Theory]
    [InlineData("cohere/rerank-v4.0-pro", "/v2")]
    [InlineData("jina_ai/jina-reranker-v3", "/v1")]
    public async Task A_ranking(string model, string suffix)
    {
        using RouterModels models = Read(model, suffix);
        RoutedRanking answer = await ((RerankGroup)models.Find("group")!).RerankAsync("Hi", ["Hi", "Ho"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, answer.Count);
    }

    [Fact]
    public async Task A_judgement()
    {
        using RouterModels models = Read("openai/omni-moderation-latest", "/v1");
        Assert.Single(await ((ModerationGroup)models.Find("group")!).ModerateAsync("Hi", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("vllm/base", "/v1")]
    [InlineData("ollama/base", "")]
    public async Task A_completion(string model, string suffix)
    {
        using RouterModels models = Read(model, suffix, "\"kind\": \"completion\"");
        Assert.NotEmpty((await ((CompletionGroup)models.Find("group")!).CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).Text);
    }

    [Fact]
    public async Task An_image()
    {
        using RouterModels models = Read("openai/gpt-image-1", "/v1");
        Assert.Single(await ((ImageGroup)models.Find("group")!).GenerateAsync("A hat", cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sound()
    {
        using RouterModels speech = Read("openai/gpt-4o-mini-tts", "/v1"), ears = Read("openai/gpt-4o-mini-transcribe", "/v1");
        RoutedSpeech spoken = await ((SpeechGroup)speech.Find("group")!).SpeakAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(0, spoken.Audio.Length);
        RoutedTranscription heard = await ((TranscriptionGroup)ears.Find("group")!).TranscribeAsync(MediaFile.FromBytes("ID3 a sound"u8.ToArray(), "audio/mpeg"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEmpty(heard.Text);
    }

    [Fact]
    public async Task A_token_of_the_machine_authorises_a_cloud()
    {
        using RouterModels models = Read("vertex_ai/claude-haiku-5-5", "/v1/projects/p/locations/global", "\"apiKeyEnv\": \"\"");
        RoutedResponse answer = await ((ChatGroup)models.Find("group")!).CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.EndsWith("You said: \"Hi\"", answer.Text);
        Assert.StartsWith("Bearer ya29.", Assert.Single(_server["vertex_ai/claude-haiku-5-5"].Requests).Headers["Authorization"]);
    }

    [Fact]
    public async Task Another_group_takes_over()
    {
        using RouterModels models = Parse($$"""
            { "groups": {
              "first": { "fallbacks": ["second"], "deployments": [{{Deployment("openai/gpt-6-luna", "/v1")}}] },
              "second": { "deployments": [{{Deployment("anthropic/claude-haiku-5-5", "")}}] }
            } }
            """);
        _server["openai/gpt-6-luna"].Always(Fault.Status(500));
        RoutedResponse answer = await ((ChatGroup)models.Find("first")!).CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("anthropic/claude-haiku-5-5", answer.ModelUsed);
    }

    [Fact]
    public async Task A_larger_window_takes_over()
    {
        using RouterModels models = Parse($$"""
            { "groups": {
              "first": { "contextWindowFallbacks": ["second"], "contentPolicyFallbacks": ["third"], "deployments": [{{Deployment("openai/gpt-6-luna", "/v1")}}] },
              "second": { "deployments": [{{Deployment("anthropic/claude-haiku-5-5", "")}}] },
              "third": { "deployments": [{{Deployment("gemini/gemini-3.5-flash", "/v1beta")}}] }
            } }
            """);
        var group = (ChatGroup)models.Find("first")!;
        _server["openai/gpt-6-luna"].Next(Fault.ContextWindow).Next(Fault.ContentFiltered).Always(Fault.Status(400));
        Assert.Equal("anthropic/claude-haiku-5-5", (await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).ModelUsed);
        Assert.Equal("gemini/gemini-3.5-flash", (await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).ModelUsed);
    }

    private RouterModels Read(string model, string suffix, params string[] members) => Parse($$"""{ "groups": { "group": { "deployments": [{{Deployment(model, suffix, members)}}] } } }""");

    private RouterModels Parse(string json) => RouterModels.Parse(json, options: new RouterOptions
    {
        Seed = 1,
        Variables = name => name switch { "KEY" => Key, "GCE_METADATA_HOST" => _server.BaseAddress.Authority, _ => null },
    });

    private string Deployment(string model, string suffix, params string[] members)
    {
        string key = Array.Exists(members, member => member.Contains("apiKeyEnv", StringComparison.Ordinal)) ? "" : "\"apiKeyEnv\": \"KEY\", ";
        return $$"""{ "model": "{{model}}", {{key}}"inputPrice": 0.1, "outputPrice": 0.1, {{string.Concat(members.Select(member => member + ", "))}}"endpoint": "{{_server.BaseAddress}}{{model.Split('/')[0]}}{{suffix}}" }""";
    }
}
