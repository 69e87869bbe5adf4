using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Embeddings;

/// <summary>Vectors over real sockets: each dialect, each fault, and batches.</summary>
public sealed class EmbeddingTests : IAsyncLifetime
{
    private const string Small = "openai/text-embedding-3-small";
    private const string Azure = "azure/my-text-embedding";

    private FakeProviderServer _server = null!;
    private EmbeddingFleet _fleet = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, double> Dialects => new()
    {
        { "openai", 256, 0.02 }, { "azure", 1536, 0.02 }, { "gemini", 3072, 0.15 }, { "vertex", 768, 0.1 }, { "vertex-gemini", 768, 0.2 }, { "cohere", 1536, 0.12 },
        { "mistral", 1024, 0.1 }, { "ollama", 768, 0 }, { "titan", 1024, 0.02 }, { "bedrock-cohere", 1024, 0 },
    };

    public async ValueTask InitializeAsync()
    {
        _server = await FakeProviderServer.StartAsync(new FakeProviderOptions { RecordRequests = true }, Cancellation);
        string root = _server.BaseAddress.ToString().TrimEnd('/');
        Dictionary<string, string> variables = new()
        {
            ["OPENAI_API_KEY"] = "sk-openai", ["OPENAI_BASE_URL"] = root + "/openai/v1", ["OPENAI_API_BASE"] = root + "/openai/v1",
            ["AZURE_OPENAI_API_KEY"] = "azure-key", ["AZURE_OPENAI_ENDPOINT"] = root + "/azure",
            ["GEMINI_API_KEY"] = "AIzaFake", ["GEMINI_BASE_URL"] = root + "/gemini/v1beta",
            ["VERTEX_URL"] = root + "/vertex/v1/projects/my-project/locations/global", ["GCE_METADATA_HOST"] = _server.BaseAddress.Authority,
            ["COHERE_API_KEY"] = "co-fake", ["COHERE_BASE_URL"] = root + "/cohere/v2",
            ["MISTRAL_API_KEY"] = "mistral-fake", ["MISTRAL_BASE_URL"] = root + "/mistral/v1",
            ["OLLAMA_API_KEY"] = "ollama-fake", ["OLLAMA_BASE_URL"] = root + "/ollama",
            ["AWS_BEARER_TOKEN_BEDROCK"] = "ABSKfake", ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = root + "/bedrock",
        };
        _fleet = new EmbeddingFleet(new RouterOptions { Variables = variables.GetValueOrDefault, Seed = 1 });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Each_dialect_gives_vectors_of_several_texts(string name, int length, double pricePerMillion)
    {
        RoutedEmbeddings answer = await Group(name).EmbedAsync(["The sky is blue", "the sky is blue today", "Bread and butter"], cancellationToken: Cancellation);

        Assert.Equal([length, length, length], answer.Select(vector => vector.Vector.Length));
        Assert.True(Cosine(answer[0], answer[1]) > 0.8f && Cosine(answer[0], answer[2]) < 0.3f);
        if (name is "bedrock-cohere") Assert.Null(answer.Cost); // It counts in a header alone.
        else Assert.Equal((decimal)pricePerMillion * answer.Usage!.InputTokenCount!.Value / 1_000_000, answer.Cost);
        Assert.Equal(length, Group(name).Embed("Hello", cancellationToken: Cancellation).Vector.Length);
    }

    [Theory]
    [InlineData("openai", Small, """{"model":"text-embedding-3-small","input":["Hi"],"dimensions":256,"encoding_format":"base64"}""")]
    [InlineData("azure", Azure, """{"model":"my-text-embedding","input":["Hi"],"encoding_format":"base64"}""")]
    [InlineData("vertex", "vertex/text-embedding-005", """{"instances":[{"content":"Hi"}],"parameters":{"autoTruncate":false}}""")]
    [InlineData("vertex-gemini", "vertex/gemini-embedding-2", """{"content":{"parts":[{"text":"Hi"}]},"embedContentConfig":{"autoTruncate":false,"outputDimensionality":768}}""")]
    [InlineData("titan", "bedrock/amazon.titan-embed-text-v2:0", """{"inputText":"Hi"}""")]
    public async Task Requests_are_as_the_catalog_has_it(string name, string deployment, string body)
    {
        await Group(name).EmbedAsync("Hi", cancellationToken: Cancellation);
        Assert.Equal(body, _server[deployment].Requests.Single().Body.TrimEnd());
    }

    public static TheoryData<string, FailureKind> Faults => new()
    {
        { "429", FailureKind.RateLimited }, { "503", FailureKind.Overloaded }, { "401", FailureKind.AuthenticationFailed }, { "404", FailureKind.ModelNotFound },
        { "quota", FailureKind.QuotaExhausted }, { "reset", FailureKind.ConnectionFailed }, { "page", FailureKind.InvalidResponse }, { "empty", FailureKind.InvalidResponse },
        { "cut", FailureKind.InvalidResponse }, { "reset within", FailureKind.ConnectionFailed }, { "error inside", FailureKind.ServerError },
        { "fewer", FailureKind.InvalidResponse }, { "short", FailureKind.InvalidResponse }, { "NaN", FailureKind.InvalidResponse }, { "twice", FailureKind.InvalidResponse }, { "cut base64", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_one_deployment_is_followed_by_the_next(string fault, FailureKind kind)
    {
        _server[Small].Always(FaultOf(fault));

        RoutedEmbeddings answer = await _fleet.Pair.EmbedAsync(["one", "two"], cancellationToken: Cancellation);

        Assert.Equal([kind, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(Azure, answer.Deployment);
        Assert.Equal(2, answer.Count);
    }

    [Fact]
    public async Task A_deployment_that_hangs_is_left()
    {
        _server[Small].Always(Fault.BlackHole);
        RoutedEmbeddings answer = await _fleet.Impatient.EmbedAsync("one", cancellationToken: Cancellation);
        Assert.Equal([FailureKind.Timeout, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_slow_deployment_is_hedged()
    {
        _server[Small].Always(Fault.BlackHole);
        RoutedEmbeddings answer = await _fleet.Hedged.EmbedAsync("one", cancellationToken: Cancellation);
        Assert.Equal(Azure, answer.Deployment);
        Assert.Contains(answer.Attempts, attempt => attempt.Outcome is FailureKind.Superseded);
    }

    [Fact]
    public async Task A_request_that_is_wrong_stops_the_call()
    {
        _server[Small].Always(Fault.Status(400));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Pair.EmbedAsync("one", cancellationToken: Cancellation));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Single(failure.Attempts);
    }

    [Fact]
    public async Task A_thousand_texts_keep_their_order_over_two_resources_while_one_fails_now_and_then()
    {
        _server[Small].Next(Fault.None, 5).Next(Fault.Status(503)).Next(Fault.None, 5).Next(Fault.Reset);
        string[] texts = [.. Enumerable.Range(0, 1000).Select(n => $"number {n}")];

        RoutedEmbeddings answer = await _fleet.Batches.EmbedAsync(texts, cancellationToken: Cancellation);

        Assert.Equal(1000, answer.Count);
        Assert.True(answer.Attempts.Count > 100);
        foreach (int sample in (int[])[0, 9, 10, 499, 999])
        {
            RoutedEmbeddings alone = await _fleet.Azure.EmbedAsync(texts[sample], cancellationToken: Cancellation);
            Assert.Equal(alone.Vector.ToArray(), answer[sample].Vector.ToArray());
        }
    }

    [Fact]
    public async Task A_framework_client_can_be_put_around_a_group()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = _fleet.Openai;
        ReadOnlyMemory<float> vector = await generator.GenerateVectorAsync("Hello", cancellationToken: Cancellation);
        Assert.Equal(256, vector.Length);
    }

    [Fact]
    public async Task A_container_has_each_group_as_a_generator_under_its_name()
    {
        string endpoint = new Uri(_server.BaseAddress, "openai/v1").ToString();
        await using ServiceProvider services = new ServiceCollection()
            .AddEmbeddingFleet(options => options.Variables = name => name switch { "OPENAI_API_KEY" => "sk-openai", "OPENAI_BASE_URL" => endpoint, _ => null })
            .BuildServiceProvider();

        var generator = services.GetRequiredKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("openai");

        Assert.Same(services.GetRequiredService<EmbeddingFleet>().Openai, generator);
        Assert.Equal(256, (await generator.GenerateVectorAsync("Hello", cancellationToken: Cancellation)).Length);
    }

    [Fact]
    public async Task A_shadow_gets_a_copy_and_answers_no_caller()
    {
        RoutedEmbeddings answer = await _fleet.Mirrored.EmbedAsync(["one", "two"], cancellationToken: Cancellation);

        Assert.Equal(Small, answer.Deployment);
        await _server[Azure].WaitUntilAsync(script => script.Calls == 1, Cancellation);
    }

    [Fact]
    public async Task Limits_and_status_count_calls_as_for_chat()
    {
        await _fleet.Pair.EmbedAsync("one", cancellationToken: Cancellation);

        DeploymentStatus status = _fleet.Pair.Status[0];
        Assert.Equal((1L, 0L, 0), (status.Calls, status.Failures, status.InFlight));
        Assert.True(_fleet.Pair.Spend.Spent > 0);
    }

    private EmbeddingGroup Group(string name) => name switch
    {
        "openai" => _fleet.Openai,
        "azure" => _fleet.Azure,
        "gemini" => _fleet.Gemini,
        "vertex" => _fleet.Vertex,
        "vertex-gemini" => _fleet.VertexGemini,
        "cohere" => _fleet.Cohere,
        "mistral" => _fleet.Mistral,
        "ollama" => _fleet.Ollama,
        "titan" => _fleet.Titan,
        _ => _fleet.BedrockCohere,
    };

    private static Fault FaultOf(string name) => UsualFaults.Find(name) ?? name switch
    {
        "fewer" => Answer("""{"index":0,"embedding":[1]}"""),
        "short" => Answer("""{"index":0,"embedding":[1]},{"index":1,"embedding":[1]}"""),
        "NaN" => Answer("""{"index":0,"embedding":"AADAfw=="},{"index":1,"embedding":"AADAfw=="}"""),
        "twice" => Answer("""{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}"""),
        _ => Answer("""{"index":0,"embedding":"AADAfw"},{"index":1,"embedding":[1]}"""),
    };

    private static Fault Answer(string data) => Fault.Status(200, $$"""{"object":"list","data":[{{data}}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1} }""", "application/json");

    private static float Cosine(Embedding<float> a, Embedding<float> b)
    {
        float dot = 0;
        for (int i = 0; i < a.Vector.Length; i++) dot += a.Vector.Span[i] * b.Vector.Span[i];
        return dot; // Fake vectors have the length 1.
    }
}
