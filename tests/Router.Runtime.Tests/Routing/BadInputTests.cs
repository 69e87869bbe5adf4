using System.Net;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Providers that answer rubbish or nothing useful for long, and clocks that jump: a sane bound, and the group recovers.</summary>
public sealed class BadInputTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Theory]
    [InlineData("99999999")]
    [InlineData("999999999999999999999999999999")]
    [InlineData("1e308")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("soon")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("")]
    [InlineData("0")]
    public async Task Whatever_a_provider_asks_for_the_group_is_back_within_minutes(string retryAfter)
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter), FakeTransport.Text("back"));

        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromHours(1) }));

        Assert.Equal("back", reply.Text);
        Assert.InRange(reply.Duration, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Headers_of_rubbish_are_survived()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", (_, _) =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("slow down") };
            foreach (string name in (string[])["Retry-After", "retry-after-ms", "x-ratelimit-reset-requests", "x-ratelimit-remaining-tokens", "anthropic-ratelimit-tokens-reset"])
            {
                response.Headers.TryAddWithoutValidation(name, ["", "\u0001ÿ,,;=\"", new string('9', 5000)]);
            }

            return Task.FromResult(response);
        }).On("b", FakeTransport.Text("b"));

        Assert.Equal("b", (await group.CompleteAsync("Hi")).Text);
        Assert.InRange(group.Status[0].CooldownRemaining, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("7")]
    public async Task A_provider_that_refuses_everything_for_an_hour_is_not_stormed_and_comes_back(string? retryAfter)
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter));
        var routing = new CallOptions { Timeout = TimeSpan.FromSeconds(30) };
        int calls = 0;
        while (_router.Time.Elapsed < TimeSpan.FromHours(1))
        {
            calls++;
            RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", routing)));
            Assert.Equal(FailureKind.RateLimited, failure.Kind);
            _router.Time.Advance(TimeSpan.FromSeconds(1));
        }

        // A probe for each cooldown at most, though far more calls came.
        Assert.InRange(Transport.Asked.Count, 30, 3600 / (retryAfter is null ? 40 : 7) + 10);
        Assert.True(calls > 100);

        Transport.On("a", FakeTransport.Text("back"));
        Assert.Equal("back", (await _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromMinutes(2) }))).Text);
        Assert.Equal(TimeSpan.Zero, (await group.CompleteAsync("Hi")).Duration);
        Assert.Equal((DeploymentHealth.Healthy, 0), (group.Status[0].Health, group.Status[0].FailuresInARow));
    }

    [Fact]
    public async Task A_clock_that_jumps_ends_cooldowns_and_refills_limits_to_no_more_than_a_minutes_worth()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 3));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", "60"), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(1) }));

        _router.Time.Advance(TimeSpan.FromDays(20 * 365));

        for (int i = 0; i < 3; i++) Assert.Equal(TimeSpan.Zero, (await group.CompleteAsync("Hi")).Duration);
        Assert.Equal(TimeSpan.FromSeconds(20), (await _router.RunAsync(group.CompleteAsync("Hi"))).Duration);
    }

    [Fact]
    public async Task A_clock_that_jumps_over_a_calls_deadline_ends_it_and_the_next_one_works()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Hang(out Task reached), FakeTransport.Text("hello"));
        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        await reached;

        _router.Time.Advance(TimeSpan.FromDays(400));

        Assert.Equal(FailureKind.Timeout, (await Assert.ThrowsAsync<RoutingException>(() => call)).Kind);
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
        Assert.Equal(0, group.Status[0].InFlight);
    }
}
