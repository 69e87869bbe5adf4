using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Counts;

/// <summary>Counts of tokens over real sockets: each API that has a counter, its faults, and the estimate.</summary>
public sealed class CountTests : IAsyncLifetime
{
    private const string Claude = "anthropic/claude-haiku-4-5";
    private const string Gemini = "gemini/gemini-3.8-flash";

    private FakeProviderServer _server = null!;
    private CountFleet _fleet = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The group, the deployment as the server knows it, and where its counter is.</summary>
    public static TheoryData<string, string, string> Counters => new()
    {
        { "anthropic", Claude, "/anthropic/v1/messages/count_tokens" },
        { "responses", "responses/gpt-5-mini", "/responses/v1/responses/input_tokens" },
        { "gemini", Gemini, "/gemini/v1beta/models/gemini-3.8-flash:countTokens" },
        { "converse", "bedrock/anthropic.claude-haiku-4-5-20251001-v1:0", "/bedrock/model/anthropic.claude-haiku-4-5-20251001-v1:0/count-tokens" },
        { "invoke", "bedrock/anthropic.claude-haiku-4-5-20251001-v1:0", "/bedrock/model/anthropic.claude-haiku-4-5-20251001-v1:0/count-tokens" },
        { "vertex-claude", "vertex/claude-haiku-4-5@20251001", "/vertex/v1/projects/my-project/locations/global/publishers/anthropic/models/count-tokens:rawPredict" },
        { "vertex-gemini", "vertex/gemini-3.8-flash", "/vertex/v1/projects/my-project/locations/global/publishers/google/models/gemini-3.8-flash:countTokens" },
    };

    public async ValueTask InitializeAsync()
    {
        _server = await FakeProviderServer.StartAsync(new FakeProviderOptions { RecordRequests = true }, Cancellation);
        string root = _server.BaseAddress.ToString().TrimEnd('/');
        Dictionary<string, string> variables = new()
        {
            ["ANTHROPIC_API_KEY"] = "sk-ant-fake", ["ANTHROPIC_BASE_URL"] = root + "/anthropic",
            ["OPENAI_API_KEY"] = "sk-openai", ["OPENAI_BASE_URL"] = root + "/openai/v1",
            ["RESPONSES_API_KEY"] = "sk-responses", ["RESPONSES_BASE_URL"] = root + "/responses/v1/responses", // the whole address of calls
            ["GEMINI_API_KEY"] = "AIzaFake", ["GEMINI_BASE_URL"] = root + "/gemini/v1beta",
            ["AWS_BEARER_TOKEN_BEDROCK"] = "ABSKfake", ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = root + "/bedrock",
            ["VERTEX_URL"] = root + "/vertex/v1/projects/my-project/locations/global", ["GCE_METADATA_HOST"] = _server.BaseAddress.Authority,
        };
        _fleet = new CountFleet(new RouterOptions { Variables = variables.GetValueOrDefault, Seed = 1 });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Counters))]
    public async Task A_provider_counts_the_whole_request(string name, string deployment, string path)
    {
        var options = new ChatOptions
        {
            Instructions = new string('i', 400), Temperature = 0.5f, MaxOutputTokens = 100, StopSequences = ["stop"],
            Tools = [AIFunctionFactory.Create((string city) => city, "weather", "Tells the weather.")],
        };

        TokenCount count = await Group(name).CountTokensAsync("How is the weather in Bern?", options, Cancellation);

        RecordedRequest request = Assert.Single(_server[deployment].Requests);
        Assert.Equal(path, request.Path);
        string body = name is "invoke" ? Encoding.UTF8.GetString(JsonDocument.Parse(request.Body).RootElement.GetProperty("input").GetProperty("invokeModel").GetProperty("body").GetBytesFromBase64()) : request.Body;
        Assert.Contains("Tells the weather.", body);
        Assert.Contains("iiii", body);
        Assert.Equal(TokenCountSource.Provider, count.Source);
        Assert.Equal((400 + "How is the weather in Bern?".Length + 3) / 4, count.Tokens);
        Assert.Equal(Group(name).Deployments[0].Name, count.Deployment);
        Assert.Equal($"{Group(name).Deployments[0].Provider}/{Group(name).Deployments[0].Model}", count.ModelUsed);
        Assert.Equal([FailureKind.None], count.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task An_API_without_a_counter_gets_an_estimate_and_is_not_asked()
    {
        TokenCount count = await _fleet.Openai.CountTokensAsync(new string('a', 396), cancellationToken: Cancellation);

        Assert.Equal((TokenCountSource.Estimate, 100L), (count.Source, count.Tokens));
        Assert.Null(count.Deployment ?? count.ModelUsed);
        Assert.Empty(count.Attempts);
        Assert.Equal(0, _server["openai/gpt-4o-mini"].Calls);
    }

    [Fact]
    public async Task The_first_in_the_order_counts_and_nothing_of_its_limits_is_used_up()
    {
        for (int i = 0; i < 3; i++) Assert.Equal(Claude, (await _fleet.Mixed.CountTokensAsync(new string('a', 4000), cancellationToken: Cancellation)).Deployment);

        Assert.All(_fleet.Mixed.Status, status => Assert.Equal((0L, 0L, 0), (status.Calls, status.Failures, status.InFlight)));
        Assert.Equal(0, _fleet.Mixed.Spend.Spent);
        Assert.Equal(Claude, (await _fleet.Mixed.CompleteAsync("Hi", cancellationToken: Cancellation)).Deployment); // Its one request a minute is still there.
    }

    public static TheoryData<string, FailureKind> Faults => new()
    {
        { "404", FailureKind.ModelNotFound }, { "401", FailureKind.AuthenticationFailed }, { "400", FailureKind.InvalidRequest }, { "429", FailureKind.RateLimited }, { "500", FailureKind.ServerError },
        { "reset", FailureKind.ConnectionFailed }, { "page", FailureKind.InvalidResponse }, { "empty", FailureKind.InvalidResponse }, { "cut", FailureKind.InvalidResponse },
        { "no number", FailureKind.InvalidResponse }, { "a text", FailureKind.InvalidResponse }, { "negative", FailureKind.InvalidResponse }, { "an array", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_counter_that_fails_is_followed_by_the_next_and_the_deployment_stays_in_service(string fault, FailureKind kind)
    {
        _server[Claude].Next(FaultOf(fault));

        TokenCount count = await _fleet.Mixed.CountTokensAsync("Hi", cancellationToken: Cancellation);

        Assert.Equal([kind, FailureKind.None], count.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(Gemini, count.Deployment);
        Assert.DoesNotContain("sk-ant-fake", count.Attempts[0].ToString());
        Assert.Equal(Claude, (await _fleet.Mixed.CompleteAsync("Hi", cancellationToken: Cancellation)).Deployment);
    }

    [Fact]
    public async Task Where_all_fail_it_is_an_estimate_that_says_who_was_asked()
    {
        _server[Claude].Always(Fault.Status(500));
        _server[Gemini].Always(Fault.Reset);

        TokenCount count = await _fleet.Mixed.CountTokensAsync(new string('a', 36), cancellationToken: Cancellation);

        Assert.Equal((TokenCountSource.Estimate, 10L), (count.Source, count.Tokens));
        Assert.Equal([(Claude, FailureKind.ServerError), (Gemini, FailureKind.ConnectionFailed)], count.Attempts.Select(attempt => (attempt.Deployment, attempt.Outcome)));
        Assert.Empty((await _fleet.Mixed.CountTokensAsync("Hi", cancellationToken: Cancellation)).Attempts); // They rest.
    }

    [Fact]
    public async Task A_counter_that_hangs_is_left()
    {
        _server[Claude].Always(Fault.BlackHole);
        TokenCount count = await _fleet.Impatient.CountTokensAsync("Hi", cancellationToken: Cancellation);
        Assert.Equal(TokenCountSource.Estimate, count.Source);
        Assert.Equal([FailureKind.Timeout], count.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task A_caller_that_cancels_gets_no_estimate()
    {
        _server[Claude].Always(Fault.BlackHole);
        using var gone = new CancellationTokenSource();
        Task<TokenCount> counting = _fleet.Anthropic.CountTokensAsync("Hi", cancellationToken: gone.Token);
        await _server[Claude].WaitUntilAsync(script => script.Calls == 1, Cancellation);

        await gone.CancelAsync();

        RoutingCanceledException canceled = await Assert.ThrowsAsync<RoutingCanceledException>(() => counting);
        Assert.Equal(gone.Token, canceled.CancellationToken);
    }

    [Fact]
    public async Task Routing_chooses_the_deployment_and_its_key()
    {
        var routing = new CallOptions { Deployment = Gemini, ApiKeys = new Dictionary<string, string> { ["gemini"] = "AIzaCaller" } };

        TokenCount count = await _fleet.Mixed.CountTokensAsync("Hi", routing, cancellationToken: Cancellation);

        Assert.Equal(Gemini, count.Deployment);
        Assert.Equal("AIzaCaller", Assert.Single(_server[Gemini].Requests).Headers["x-goog-api-key"]);
        await Assert.ThrowsAsync<ArgumentException>(() => _fleet.Mixed.CountTokensAsync("Hi", new CallOptions { Deployment = "none" }, cancellationToken: Cancellation));
        TokenCount estimate = await _fleet.Mixed.CountTokensAsync("Hi", new CallOptions { Deployment = "openai/gpt-4o-mini" }, cancellationToken: Cancellation);
        Assert.Equal(TokenCountSource.Estimate, estimate.Source);
    }

    [Fact]
    public async Task What_a_policy_refuses_is_not_sent_there()
    {
        _fleet.Mixed.Policy = new RefusingPolicy(Claude);
        Assert.Equal(Gemini, (await _fleet.Mixed.CountTokensAsync("Hi", cancellationToken: Cancellation)).Deployment);
        Assert.Equal(0, _server[Claude].Calls);
    }

    [Fact]
    public async Task A_deployment_that_is_disabled_or_known_to_be_down_is_not_asked()
    {
        _fleet.Mixed[Claude].Disable();
        Assert.Equal(Gemini, (await _fleet.Mixed.CountTokensAsync("Hi", cancellationToken: Cancellation)).Deployment);
        _fleet.Mixed[Claude].Enable();
        _server[Claude].Always(Fault.Status(401));
        await _fleet.Mixed.CompleteAsync("Hi", cancellationToken: Cancellation);
        int calls = (int)_server[Claude].Calls;

        Assert.Equal(Gemini, (await _fleet.Mixed.CountTokensAsync("Hi", cancellationToken: Cancellation)).Deployment);
        Assert.Equal(calls, (int)_server[Claude].Calls);
    }

    private ChatGroup Group(string name) => name switch
    {
        "anthropic" => _fleet.Anthropic,
        "responses" => _fleet.Responses,
        "gemini" => _fleet.Gemini,
        "converse" => _fleet.Converse,
        "invoke" => _fleet.Invoke,
        "vertex-claude" => _fleet.VertexClaude,
        _ => _fleet.VertexGemini,
    };

    private static Fault FaultOf(string name) => UsualFaults.Find(name) ?? name switch
    {
        "no number" => Json("""{"output_tokens":3}"""),
        "a text" => Json("""{"input_tokens":"3"}"""),
        "negative" => Json("""{"input_tokens":-3}"""),
        "an array" => Json("[3]"),
        _ => Fault.Status(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static Fault Json(string body) => Fault.Status(200, body, "application/json");

    private sealed class RefusingPolicy(string refused) : SelectionPolicy
    {
        public override int Pick(in SelectionContext context)
        {
            for (int i = 0; i < context.Count; i++)
            {
                if (context[i].Name != refused) return i;
            }

            return -1;
        }
    }
}
