using Microsoft.Extensions.DependencyInjection;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Rerank;

/// <summary>Rankings over real sockets: each dialect, each fault, and what a group does with a call of any kind.</summary>
public sealed class RerankTests : IAsyncLifetime
{
    private const string Query = "capital of France";
    private const string Jina = "jina_ai/jina-reranker-v3";
    private const string Cohere = "cohere/rerank-v3.5";

    private static readonly string[] Documents = ["Bread and butter", "The capital of France is Paris", "France has many rivers"];

    private FakeProviderServer _server = null!;
    private RerankFleet _fleet = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, decimal?> Dialects => new()
    {
        { "cohere", 0.0025m }, { "jina", 0.05m / 1_000_000 }, { "voyage", 0.05m / 1_000_000 }, { "vllm", 0m }, { "amazon", 0.001m }, { "bedrock-cohere", 0.002m },
    };

    public async ValueTask InitializeAsync()
    {
        _server = await FakeProviderServer.StartAsync(new FakeProviderOptions { RecordRequests = true }, Cancellation);
        string root = _server.BaseAddress.ToString().TrimEnd('/');
        Dictionary<string, string> variables = new()
        {
            ["COHERE_API_KEY"] = "co-fake", ["COHERE_BASE_URL"] = root + "/cohere/v2",
            ["JINA_AI_API_KEY"] = "jina_fake", ["JINA_BASE_URL"] = root + "/jina_ai/v1",
            ["VOYAGE_API_KEY"] = "pa-fake", ["VOYAGE_BASE_URL"] = root + "/voyage/v1",
            ["VLLM_API_KEY"] = "vllm-fake", ["VLLM_BASE_URL"] = root + "/vllm/v1",
            ["AWS_BEARER_TOKEN_BEDROCK"] = "ABSKfake", ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = root + "/bedrock",
        };
        _fleet = new RerankFleet(new RouterOptions { Variables = variables.GetValueOrDefault, Seed = 1 });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Each_dialect_ranks_documents(string name, decimal? price)
    {
        RoutedRanking answer = await Group(name).RerankAsync(Query, Documents, cancellationToken: Cancellation);

        Assert.Equal([1, 2, 0], answer.Select(ranked => ranked.Index));
        Assert.Equal(Documents[1], answer[0].Document);
        Assert.Equal(1, answer[0].Score, 6);
        Assert.Equal(name is "voyage" or "jina" ? price * answer.Usage!.InputTokenCount : price, answer.Cost);
        Assert.Equal([1], Group(name).Rerank(Query, Documents, new RerankOptions { TopN = 1 }, Cancellation).Select(ranked => ranked.Index));
    }

    [Theory]
    [InlineData("cohere", "cohere/rerank-v4.0-pro", """{"model":"rerank-v4.0-pro","query":"q","documents":["a","b"],"top_n":1,"max_tokens_per_doc":9}""")]
    [InlineData("jina", Jina, """{"model":"jina-reranker-v3","query":"q","documents":["a","b"],"top_n":1,"return_documents":false}""")]
    [InlineData("voyage", "voyage/rerank-2.5", """{"model":"rerank-2.5","query":"q","documents":["a","b"],"top_k":1}""")]
    [InlineData("amazon", "bedrock/amazon.rerank-v1:0", """{"query":"q","documents":["a","b"],"top_n":1}""")]
    [InlineData("bedrock-cohere", "bedrock/cohere.rerank-v3-5:0", """{"query":"q","documents":["a","b"],"top_n":1,"max_tokens_per_doc":9,"api_version":2}""")]
    public async Task Requests_are_as_the_catalog_has_it(string name, string deployment, string body)
    {
        RoutedRanking answer = await Group(name).RerankAsync("q", ["a", "b"], new RerankOptions { TopN = 1, MaxTokensPerDocument = 9 }, Cancellation);
        Assert.Equal(body, _server[deployment].Requests.Single().Body.TrimEnd());
        Assert.Equal(body.Contains("max_tokens", StringComparison.Ordinal) ? [] : ["MaxTokensPerDocument: left out"], answer.LeftOut);
    }

    public static TheoryData<string, FailureKind> Faults => new()
    {
        { "429", FailureKind.RateLimited }, { "503", FailureKind.Overloaded }, { "401", FailureKind.AuthenticationFailed }, { "404", FailureKind.ModelNotFound },
        { "quota", FailureKind.QuotaExhausted }, { "reset", FailureKind.ConnectionFailed }, { "page", FailureKind.InvalidResponse }, { "empty", FailureKind.InvalidResponse },
        { "cut", FailureKind.InvalidResponse }, { "reset within", FailureKind.ConnectionFailed }, { "error inside", FailureKind.ServerError },
        { "fewer", FailureKind.InvalidResponse }, { "twice", FailureKind.InvalidResponse }, { "elsewhere", FailureKind.InvalidResponse }, { "before", FailureKind.InvalidResponse },
        { "NaN", FailureKind.InvalidResponse }, { "endless", FailureKind.InvalidResponse }, { "no score", FailureKind.InvalidResponse }, { "no results", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_one_deployment_is_followed_by_the_next(string fault, FailureKind kind)
    {
        _server[Jina].Always(FaultOf(fault));

        RoutedRanking answer = await _fleet.Pair.RerankAsync(Query, Documents, cancellationToken: Cancellation);

        Assert.Equal([kind, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(Cohere, answer.Deployment);
        Assert.Equal(Documents[1], answer[0].Document);
    }

    [Fact]
    public async Task A_server_that_gives_all_where_some_are_wanted_is_cut()
    {
        _server[Jina].Always(Answer("""{"index":0,"relevance_score":1},{"index":2,"relevance_score":3},{"index":1,"relevance_score":2}"""));
        RoutedRanking answer = await _fleet.Jina.RerankAsync(Query, Documents, new RerankOptions { TopN = 2 }, Cancellation);
        Assert.Equal([2, 1], answer.Select(ranked => ranked.Index));
    }

    [Fact]
    public async Task A_deployment_that_hangs_is_left()
    {
        _server[Jina].Always(Fault.BlackHole);
        RoutedRanking answer = await _fleet.Impatient.RerankAsync(Query, Documents, cancellationToken: Cancellation);
        Assert.Equal([FailureKind.Timeout, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_call_ends_at_its_deadline()
    {
        _server[Jina].Always(Fault.BlackHole);
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Brief.RerankAsync(Query, Documents, cancellationToken: Cancellation));
        Assert.Equal(FailureKind.Timeout, failure.Kind);
    }

    [Fact]
    public async Task A_caller_can_cancel()
    {
        _server[Jina].Always(Fault.BlackHole);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<RoutedRanking> call = _fleet.Pair.RerankAsync(Query, Documents, cancellationToken: caller.Token);
        await _server[Jina].WaitUntilAsync(script => script.Calls == 1, Cancellation);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await _server[Jina].WaitUntilAsync(script => script.Aborted == 1, Cancellation); // At the provider too.
        Assert.Equal(0, _server[Cohere].Calls);
    }

    [Fact]
    public async Task A_slow_deployment_is_hedged()
    {
        _server[Jina].Always(Fault.BlackHole);
        RoutedRanking answer = await _fleet.Hedged.RerankAsync(Query, Documents, cancellationToken: Cancellation);
        Assert.Equal(Cohere, answer.Deployment);
        Assert.Contains(answer.Attempts, attempt => attempt.Outcome is FailureKind.Superseded);
    }

    [Fact]
    public async Task A_request_that_is_wrong_stops_the_call()
    {
        _server[Jina].Always(Fault.Status(400));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Pair.RerankAsync(Query, Documents, cancellationToken: Cancellation));
        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Single(failure.Attempts);
    }

    [Fact]
    public async Task Limits_of_documents_and_of_requests_are_kept()
    {
        RoutedRanking first = await _fleet.Limited.RerankAsync(Query, Documents, cancellationToken: Cancellation);
        RoutedRanking second = await _fleet.Limited.RerankAsync(Query, Documents, cancellationToken: Cancellation);
        RoutedRanking small = await _fleet.Limited.RerankAsync(Query, Documents[..2], cancellationToken: Cancellation);

        Assert.Equal([Cohere, "voyage/rerank-2.5", Jina], new[] { first, second, small }.Select(answer => answer.Deployment));
        Assert.Equal(1, _server[Jina].Calls); // What it does not take was not sent.
    }

    [Fact]
    public async Task More_documents_than_any_takes_are_refused_in_words()
    {
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _fleet.Voyage.RerankAsync(Query, Enumerable.Repeat("France", 1001), cancellationToken: Cancellation));
        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.Contains("at most 1000 documents in one call, not 1001", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _server["voyage/rerank-2.5"].Calls);
    }

    [Fact]
    public async Task A_shadow_gets_a_copy_and_answers_no_caller()
    {
        RoutedRanking answer = await _fleet.Mirrored.RerankAsync(Query, Documents, cancellationToken: Cancellation);

        Assert.Equal(Jina, answer.Deployment);
        await _server[Cohere].WaitUntilAsync(script => script.Calls == 1, Cancellation);
    }

    [Fact]
    public async Task Status_and_spend_count_calls_as_for_chat()
    {
        await _fleet.Cohere.RerankAsync(Query, Documents, cancellationToken: Cancellation);

        DeploymentStatus status = _fleet.Cohere.Status[0];
        Assert.Equal((1L, 0L, 0), (status.Calls, status.Failures, status.InFlight));
        Assert.Equal(0.0025m, _fleet.Cohere.Spend.Spent);
    }

    [Fact]
    public async Task A_container_has_each_group_under_its_name()
    {
        string endpoint = new Uri(_server.BaseAddress, "jina_ai/v1").ToString();
        await using ServiceProvider services = new ServiceCollection()
            .AddRerankFleet(options => options.Variables = name => name switch { "JINA_API_KEY" => "jina_fake", "JINA_BASE_URL" => endpoint, _ => null })
            .BuildServiceProvider();

        var group = services.GetRequiredKeyedService<RerankGroup>("jina");

        Assert.Same(services.GetRequiredService<RerankFleet>().Jina, group);
        Assert.Equal(1, (await group.RerankAsync(Query, Documents, cancellationToken: Cancellation))[0].Index);
    }

    private RerankGroup Group(string name) => name switch
    {
        "cohere" => _fleet.Cohere,
        "jina" => _fleet.Jina,
        "voyage" => _fleet.Voyage,
        "vllm" => _fleet.Vllm,
        "amazon" => _fleet.Amazon,
        _ => _fleet.BedrockCohere,
    };

    private static Fault FaultOf(string name) => UsualFaults.Find(name) ?? name switch
    {
        "fewer" => Answer("""{"index":0,"relevance_score":1},{"index":1,"relevance_score":1}"""),
        "twice" => Answer("""{"index":0,"relevance_score":1},{"index":1,"relevance_score":1},{"index":1,"relevance_score":1}"""),
        "elsewhere" => Answer("""{"index":0,"relevance_score":1},{"index":1,"relevance_score":1},{"index":3,"relevance_score":1}"""),
        "before" => Answer("""{"index":0,"relevance_score":1},{"index":1,"relevance_score":1},{"index":-1,"relevance_score":1}"""),
        "NaN" => Answer("""{"index":0,"relevance_score":"NaN"},{"index":1,"relevance_score":1},{"index":2,"relevance_score":1}"""),
        "endless" => Answer("""{"index":0,"relevance_score":1e999},{"index":1,"relevance_score":1},{"index":2,"relevance_score":1}"""),
        "no score" => Answer("""{"index":0},{"index":1},{"index":2}"""),
        _ => Fault.Status(200, """{"model":"m","usage":{"total_tokens":1}}""", "application/json"),
    };

    private static Fault Answer(string results) => Fault.Status(200, $$"""{"model":"m","usage":{"total_tokens":1},"results":[{{results}}]}""", "application/json");
}
