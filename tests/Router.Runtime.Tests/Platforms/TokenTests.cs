using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Platforms;

/// <summary>Tokens that are fetched, shared, refreshed and renewed.</summary>
public sealed class TokenTests
{
    private readonly TestRouter _router = new();
    private readonly ScriptedTokens _tokens;

    public TokenTests() => _tokens = new ScriptedTokens(_router.Time);

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_token_is_fetched_once_and_sent_until_it_ages()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("Hello"));

        for (int i = 0; i < 3; i++) await group.CompleteAsync("Hi");

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-1"], Transport.Keys);
        Assert.Equal(1, _tokens.Fetches);
    }

    [Fact]
    public async Task A_thousand_calls_that_need_a_token_wait_for_one_fetch()
    {
        TestGroup group = _router.Group([.. "abcd".Select(name => Deployment(name.ToString()))]);
        foreach (string host in (string[])["a", "b", "c", "d"]) Transport.On(host, FakeTransport.Text("Hello"));
        var fetched = new TaskCompletionSource<FetchedToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        _tokens.Answer = (_, _) => new(fetched.Task);

        Task<RoutedResponse>[] calls = [.. Enumerable.Range(0, 1000).Select(_ => group.CompleteAsync("Hi"))];
        Assert.DoesNotContain(calls, static call => call.IsCompleted);
        Assert.Empty(Transport.Asked);
        fetched.SetResult(_tokens.Token(1));
        await Task.WhenAll(calls);

        Assert.Equal(1, _tokens.Fetches);
        Assert.Equal(1000, Transport.Keys.Count(static key => key == "Bearer token-1"));
    }

    [Fact]
    public async Task A_thousand_calls_during_a_refresh_go_on_with_the_token_that_is_still_good()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("Hello"));
        await group.CompleteAsync("Hi");
        _router.Time.Advance(TimeSpan.FromMinutes(58));
        var fetched = new TaskCompletionSource<FetchedToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        _tokens.Answer = (_, _) => new(fetched.Task);

        for (int i = 0; i < 1000; i++) await group.CompleteAsync("Hi");

        Assert.Equal(2, _tokens.Fetches);
        Assert.All(Transport.Keys, static key => Assert.Equal("Bearer token-1", key));
        fetched.SetResult(_tokens.Token(2));
        while (await KeyOfNextCallAsync(group) != "Bearer token-2") await Task.Yield();
        Assert.Equal(2, _tokens.Fetches);
    }

    [Fact]
    public async Task An_expired_token_is_not_sent()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("Hello"));
        await group.CompleteAsync("Hi");
        _router.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(5));

        await group.CompleteAsync("Hi");

        Assert.Equal(["Bearer token-1", "Bearer token-2"], Transport.Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    public async Task A_token_that_has_expired_when_it_comes_serves_those_that_waited_for_it_alone(int life)
    {
        _tokens.Life = TimeSpan.FromSeconds(life);
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("Hello"));

        await group.CompleteAsync("Hi");
        await group.CompleteAsync("Hi");

        Assert.Equal(["Bearer token-1", "Bearer token-2"], Transport.Keys);
    }

    [Fact]
    public async Task A_refresh_that_fails_is_tried_again_later_and_disturbs_no_call()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("Hello"));
        await group.CompleteAsync("Hi");
        _router.Time.Advance(TimeSpan.FromMinutes(58));
        _tokens.Answer = static (_, _) => throw new IOException("unreachable");

        for (int i = 0; i < 3; i++) await group.CompleteAsync("Hi");
        Assert.Equal(2, _tokens.Fetches);
        _router.Time.Advance(TimeSpan.FromSeconds(21));
        _tokens.Answer = null;
        await group.CompleteAsync("Hi");

        Assert.Equal(3, _tokens.Fetches);
        Assert.Equal("Bearer token-3", await KeyOfNextCallAsync(group));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "expired"), FakeTransport.Text("Hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Single(reply.Attempts);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], Transport.Keys);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
    }

    [Fact]
    public async Task A_stream_is_opened_with_a_renewed_token_too()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "expired"), FakeTransport.Events("Hello", "[end]"));

        await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) _ = update;

        Assert.Equal(["Bearer token-1", "Bearer token-2"], Transport.Keys);
    }

    [Fact]
    public async Task An_identity_that_stays_refused_fails_the_deployment_for_good()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "token-1 and token-2 are refused"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Equal(2, Transport.Asked.Count);
    }

    [Fact]
    public async Task A_key_is_not_renewed()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "wrong"));

        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Single(Transport.Asked);
    }

    [Fact]
    public async Task No_token_fails_over_and_both_that_share_the_identity_cool_down()
    {
        _tokens.Answer = static (_, _) => new(new FetchedToken(null, new AttemptFailure(FailureKind.AuthenticationFailed, "The account is disabled.")));
        TestGroup group = _router.Group(Deployment("a"), Deployment("b", "https://a/other"), TestRouter.Deployment("c", order: 1));
        Transport.On("c", FakeTransport.Text("Hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal("c", reply.Deployment);
        Assert.Equal(FailureKind.AuthenticationFailed, reply.Attempts[0].Outcome);
        Assert.Equal(1, _tokens.Fetches);
        Assert.Equal(["c"], Transport.Asked);
        Assert.All(group.Status.Take(2), static deployment => Assert.Equal(DeploymentHealth.CoolingDown, deployment.Health));
    }

    [Fact]
    public async Task A_source_that_hangs_fails_over_in_the_end()
    {
        _tokens.Answer = static (_, _) => new(new TaskCompletionSource<FetchedToken>().Task);
        TestGroup group = _router.Group(Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("b", FakeTransport.Text("Hello"));

        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        Assert.False(call.IsCompleted);
        _router.Time.Advance(TokenCache.FetchLimit);
        RoutedResponse reply = await call;

        Assert.Equal("b", reply.Deployment);
        Assert.Equal(FailureKind.Timeout, reply.Attempts[0].Outcome);
    }

    [Fact]
    public async Task A_caller_that_leaves_does_not_take_the_fetch_from_the_others()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("Hello"));
        CancellationToken seen = default;
        var fetched = new TaskCompletionSource<FetchedToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        _tokens.Answer = (_, token) =>
        {
            seen = token;
            return new(fetched.Task);
        };
        using var leaves = new CancellationTokenSource();

        Task<RoutedResponse> first = group.CompleteAsync("Hi", cancellationToken: leaves.Token);
        Task<RoutedResponse> second = group.CompleteAsync("Hi");
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(seen.IsCancellationRequested);
        fetched.SetResult(_tokens.Token(1));

        Assert.Equal("Hello", (await second).Text);
        Assert.Equal(1, _tokens.Fetches);
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Fact]
    public void A_synchronous_call_gets_a_token_too()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("Hello"));

        Assert.Equal("Hello", group.Complete("Hi").Text);
        Assert.Equal(["Bearer token-1"], Transport.Keys);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\r\nX-Evil: b")]
    [InlineData("")]
    public async Task A_token_that_no_header_can_hold_is_not_sent(string token)
    {
        _tokens.Answer = (_, _) => new(new FetchedToken(new AccessToken(token, DateTimeOffset.MaxValue)));
        TestGroup group = Group();

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Contains("No token could be fetched. It holds a character that no token has.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Transport.Asked);
    }

    [Fact]
    public async Task Tokens_are_in_no_message_the_one_before_the_newest_neither()
    {
        _tokens.Answer = (number, _) => new(new FetchedToken(new AccessToken($"token-number-{number}", _router.Time.GetUtcNow() + TimeSpan.FromHours(1))));
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "Neither token-number-1 nor token-number-2 is known."));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Contains("Neither ***", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("number", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("number", new AccessToken("number", default).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_the_callers_own_is_sent_in_place_of_a_token()
    {
        TestGroup group = Group();
        Transport.On("a", FakeTransport.Text("Hello"));

        await group.CompleteAsync("Hi", new ChatOptions().WithRouting(new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = "own" } }));

        Assert.Equal(["Bearer own"], Transport.Keys);
        Assert.Equal(0, _tokens.Fetches);
    }

    private TestGroup Group() => _router.Group(Deployment("a"));

    private DeploymentDefinition Deployment(string name, string? endpoint = null) => TestRouter.Deployment(name, key: null, endpoint: endpoint, platform: new KeyHeaderPlatform("Authorization", "Bearer ", new TokenCredentials(_tokens)));

    private async Task<string?> KeyOfNextCallAsync(TestGroup group)
    {
        await group.CompleteAsync("Hi");
        return Transport.Keys.Last();
    }
}
