using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Azure over a socket: addresses, keys and tokens, what its filter says, and the recipes of docs/providers/azure.md.</summary>
public sealed class AzureTests : IAsyncLifetime
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhIn0.c2lnbmF0dXJl";

    private readonly Dictionary<string, string> _variables = [];
    private FakeProviderServer _azure = null!;

    public async ValueTask InitializeAsync()
    {
        _azure = await FakeProviderServer.StartAsync(new FakeProviderOptions { RecordRequests = true });
        _variables["EAST"] = new Uri(_azure.BaseAddress, "east/").ToString();
        _variables["WEST"] = new Uri(_azure.BaseAddress, "west/").ToString();
        _variables["EAST_KEY"] = _variables["WEST_KEY"] = Key;
    }

    public ValueTask DisposeAsync() => _azure.DisposeAsync();

    private AzureFleet Fleet => new(new RouterOptions { Seed = 1, Variables = _variables.GetValueOrDefault });

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    [InlineData(Way.Synchronous)]
    public async Task The_v1_API_is_asked_at_the_resource(Way way)
    {
        Got got = await Fleet.V1.AskAsync(way);

        RecordedRequest request = _azure["east/my-gpt"].Requests.Single();
        Assert.Equal("/east/openai/v1/chat/completions", request.Path);
        Assert.Equal(Key, request.Headers["api-key"]);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        Assert.Equal("Hello from my-gpt. You said: \"Hi\"", got.Text);
        Assert.True(got.Cost > 0, "The base model has a price.");
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_version_puts_the_deployment_into_the_path(Way way)
    {
        await Fleet.Classic.AskAsync(way);

        Assert.Equal("/east/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21", _azure["east/my-gpt"].Requests.Single().Path);
    }

    [Fact]
    public async Task The_address_may_be_the_one_that_the_portal_shows()
    {
        _variables["EAST"] += "openai/deployments/my-gpt/chat/completions?api-version=2025-04-01-preview";

        await Fleet.V1.AskAsync(Way.Whole);

        Assert.Equal("/east/openai/deployments/my-gpt/chat/completions?api-version=2025-04-01-preview", _azure["east/my-gpt"].Requests.Single().Path);
    }

    [Fact]
    public async Task A_token_in_the_place_of_a_key_is_sent_as_one()
    {
        _variables["EAST_KEY"] = Token;

        await Fleet.V1.AskAsync(Way.Whole);

        RecordedRequest request = _azure["east/my-gpt"].Requests.Single();
        Assert.Equal("Bearer " + Token, request.Headers["Authorization"]);
        Assert.DoesNotContain("api-key", request.Headers.Keys);
    }

    [Theory]
    [InlineData(Key, "x-api-key", Key)]
    [InlineData(Token, "Authorization", "Bearer " + Token)]
    public async Task Claude_is_asked_in_its_own_dialect(string key, string header, string value)
    {
        _variables["EAST_KEY"] = key;

        Got got = await Fleet.Claude.AskAsync(Way.Whole);

        RecordedRequest request = _azure["east/claude-haiku-5-5"].Requests.Single();
        Assert.Equal(("/east/anthropic/v1/messages", value), (request.Path, request.Headers[header]));
        Assert.Equal("2023-06-01", request.Headers["anthropic-version"]);
        Assert.True(got.Cost > 0, "Claude has Anthropic's prices.");
    }

    [Theory]
    [InlineData(401, FailureKind.AuthenticationFailed)]
    [InlineData(403, FailureKind.PermissionDenied)]
    [InlineData(404, FailureKind.ModelNotFound)]
    [InlineData(429, FailureKind.RateLimited)]
    public async Task Its_errors_are_understood(int status, FailureKind kind)
    {
        _azure["east/my-gpt"].Always(Fault.Status(status));

        Assert.Equal(kind, (await Fleet.V1.FailAsync(Way.Whole)).Kind);
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    public async Task A_prompt_that_its_filter_refuses_is_told_so(Way way)
    {
        _azure["east/my-gpt"].Always(Fault.PromptFiltered);

        Assert.Equal(FailureKind.ContentFiltered, (await Fleet.V1.FailAsync(way)).Kind);
    }

    [Theory]
    [InlineData(RetryAfterForm.Milliseconds)]
    [InlineData(RetryAfterForm.Seconds)]
    public async Task Provisioned_throughput_goes_first_and_the_rest_is_paid_as_it_goes(RetryAfterForm form)
    {
        AzureFleet fleet = Fleet;
        Assert.Equal("ptu", (await fleet.ProvisionedFirst.AskAsync(Way.Whole)).Deployment);
        _azure["east/ptu"].Next(Fault.RateLimited(TimeSpan.FromSeconds(40), form));

        Got got = await fleet.ProvisionedFirst.AskAsync(Way.Whole);

        Assert.Equal("paygo", got.Deployment);
        Assert.Equal([FailureKind.RateLimited, FailureKind.None], got.Attempts.Select(static attempt => attempt.Outcome));
        Assert.InRange(fleet.ProvisionedFirst.Status[0].CooldownRemaining, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
        Assert.Equal("paygo", (await fleet.ProvisionedFirst.AskAsync(Way.Whole)).Deployment);
        Assert.Equal(2, _azure["east/ptu"].Calls);
    }

    [Fact]
    public async Task A_resource_that_is_throttled_rests_and_the_others_go_on()
    {
        AzureFleet fleet = Fleet;
        _azure["east/my-gpt"].Always(Fault.Status(429));

        Got[] got = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => fleet.Regions.AskAsync(Way.Whole)));

        Assert.All(got, static answer => Assert.Equal("west", answer.Deployment));
        Assert.InRange(fleet.Regions.Status[0].CooldownRemaining, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60)); // as the message says
        Assert.Equal(TimeSpan.Zero, fleet.Regions.Status[1].CooldownRemaining);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    public async Task Headers_that_say_nothing_of_what_is_left_keep_no_call_away(string remaining)
    {
        AzureFleet fleet = Fleet;
        var headers = new Dictionary<string, string> { ["x-ratelimit-remaining-tokens"] = remaining, ["x-ratelimit-limit-tokens"] = remaining, ["x-ratelimit-remaining-requests"] = remaining };
        _azure["east/my-gpt"].Always(Fault.WithHeaders(headers));

        for (int i = 0; i < 3; i++) Assert.Equal("Hello from my-gpt. You said: \"Hi\"", (await fleet.V1.AskAsync(Way.Whole)).Text);
    }
}
