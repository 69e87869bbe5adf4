using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>What bounds a call: as declared, as configuration says while the program runs, and as the call itself says.</summary>
public sealed class CallBoundsTests
{
    private readonly ReloadableSource _source = new();
    private readonly TestRouter _router;

    public CallBoundsTests() => _router = new TestRouter(configuration: _source.ToConfiguration());

    /// <summary>Where a bound is stated.</summary>
    public enum Stated
    {
        Declared,
        Live,
        ForTheCall,
    }

    private FakeTransport Transport => _router.Transport;

    [Theory]
    [InlineData(Stated.Declared)]
    [InlineData(Stated.Live)]
    [InlineData(Stated.ForTheCall)]
    public async Task One_attempt_takes_no_longer_than_is_stated(Stated stated)
    {
        TestGroup group = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], AttemptTimeout = Seconds(stated is Stated.Declared ? 3 : 50), MaxAttempts = 1 }, stated, ("AttemptTimeoutSeconds", "3"));
        Transport.On("a", FakeTransport.Hang(out Task reached));

        Task call = group.CompleteAsync("Hi", Options(stated, new CallOptions { AttemptTimeout = Seconds(3) }));

        await reached;
        Assert.Contains("AttemptTimeoutSeconds", await FailsAfterAsync(call, 3));
    }

    [Theory]
    [InlineData(Stated.Declared)]
    [InlineData(Stated.Live)]
    [InlineData(Stated.ForTheCall)]
    public async Task The_first_content_of_a_stream_comes_as_soon_as_is_stated(Stated stated)
    {
        TestGroup group = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], FirstTokenTimeout = Seconds(stated is Stated.Declared ? 3 : 50), MaxAttempts = 1 }, stated, ("FirstTokenTimeoutSeconds", "3"));
        Transport.On("a", FakeTransport.Hang(out Task reached));

        Task call = group.StreamAsync("Hi", Options(stated, new CallOptions { FirstTokenTimeout = Seconds(3) })).ToListAsync().AsTask();

        await reached;
        Assert.Contains("FirstTokenTimeoutSeconds", await FailsAfterAsync(call, 3));
    }

    [Theory]
    [InlineData(Stated.Declared)]
    [InlineData(Stated.Live)]
    [InlineData(Stated.ForTheCall)]
    public async Task A_stream_is_silent_no_longer_than_is_stated(Stated stated)
    {
        TestGroup group = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], StreamIdleTimeout = Seconds(stated is Stated.Declared ? 3 : 50), MaxAttempts = 1 }, stated, ("StreamIdleTimeoutSeconds", "3"));
        var silent = new StallingStream("data: hello\n\n");
        Transport.On("a", FakeTransport.Stream(silent));

        Task call = group.StreamAsync("Hi", Options(stated, new CallOptions { StreamIdleTimeout = Seconds(3) })).ToListAsync().AsTask();

        await silent.Stalled;
        Assert.Contains("StreamIdleTimeoutSeconds", await FailsAfterAsync(call, 3));
    }

    [Theory]
    [InlineData(Stated.Declared, false)]
    [InlineData(Stated.Live, false)]
    [InlineData(Stated.ForTheCall, false)]
    [InlineData(Stated.ForTheCall, true)]
    public async Task An_answer_is_no_larger_than_is_stated(Stated stated, bool isSynchronous)
    {
        TestGroup group = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], MaxAnswerBytes = stated is Stated.Declared ? 99 : 1_000_000, MaxAttempts = 1 }, stated, ("MaxAnswerBytes", "99"));
        CallOptions routing = Options(stated, new CallOptions { MaxAnswerBytes = 99 });
        Transport.On("a", FakeTransport.Text(new string('x', 100)), FakeTransport.Text(new string('y', 99)));

        RoutingException failure = isSynchronous
            ? Assert.Throws<RoutingException>(() => group.Complete("Hi", routing))
            : await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", routing));

        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains("larger than 99 bytes (MaxAnswerBytes)", failure.Message);
        Assert.Equal(99, (await _router.RunAsync(group.CompleteAsync("Hi", routing))).Text.Length);
    }

    [Theory]
    [InlineData(Stated.Declared, 0)]
    [InlineData(Stated.Declared, 1)]
    [InlineData(Stated.Declared, 5)]
    [InlineData(Stated.Live, 0)]
    [InlineData(Stated.Live, 5)]
    public async Task A_call_retries_as_often_as_is_stated(Stated stated, int retries)
    {
        TestGroup group = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], MaxRetries = stated is Stated.Declared ? retries : null }, stated, ("MaxRetries", retries.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Transport.On("a", FakeTransport.Text("!Overloaded"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { MaxWait = Seconds(100) })));

        Assert.Equal(1 + retries, failure.Attempts.Count);
        Assert.Contains($"MaxRetries {retries}", failure.Message);
    }

    [Fact]
    public async Task A_deployment_that_was_not_asked_yet_is_no_retry()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)], MaxRetries = 0 });
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text("hello"));
        Assert.Equal("b", (await group.CompleteAsync("Hi")).Deployment);
    }

    [Theory]
    [InlineData(Stated.Declared)]
    [InlineData(Stated.Live)]
    public async Task The_pauses_between_retries_grow_between_their_bounds(Stated stated)
    {
        bool isDeclared = stated is Stated.Declared;
        TestGroup group = Group(
            new() { Name = "test", Deployments = [TestRouter.Deployment("a")], Cooldown = TimeSpan.FromMilliseconds(1), RetryBackoff = Seconds(isDeclared ? 2 : 0.2), MaxRetryBackoff = Seconds(isDeclared ? 3 : 8), MaxRetries = 3 },
            stated, ("RetryBackoffSeconds", "2"), ("MaxRetryBackoffSeconds", "3"));
        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Text("!Overloaded"), FakeTransport.Text("!Overloaded"), FakeTransport.Text("hello"));

        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi"));

        Assert.InRange(reply.Duration.TotalSeconds, (2 + 3 + 3) * 0.8, (2 + 3 + 3) * 1.2); // 2, 4 and 8, without a longest one, are 14.
    }

    [Fact]
    public async Task No_pause_is_none_and_the_longest_is_no_shorter_than_the_first()
    {
        TestGroup none = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], Cooldown = TimeSpan.FromMilliseconds(1), RetryBackoff = TimeSpan.Zero }, Stated.Declared);
        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Text("hello"));
        Assert.Equal(TimeSpan.FromMilliseconds(1), (await _router.RunAsync(none.CompleteAsync("Hi"))).Duration);

        TestGroup patient = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], Cooldown = TimeSpan.FromMilliseconds(1), RetryBackoff = Seconds(20) }, Stated.Declared);
        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Text("hello"));
        Assert.InRange((await _router.RunAsync(patient.CompleteAsync("Hi", new CallOptions { MaxWait = Seconds(100) }))).Duration.TotalSeconds, 16, 24);
    }

    [Theory]
    [InlineData(Stated.Declared)]
    [InlineData(Stated.Live)]
    public async Task A_provider_is_obeyed_for_no_longer_than_is_stated(Stated stated)
    {
        TestGroup group = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], MaxRetryAfter = Seconds(stated is Stated.Declared ? 5 : 600), MaxAttempts = 1 }, stated, ("MaxRetryAfterSeconds", "5"));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "60"));

        RoutingException ofCaller = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = "sk-own" } }));
        RoutingException ofGroup = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal((Seconds(5), Seconds(5)), (ofCaller.RetryAfter, ofGroup.RetryAfter));
        Assert.Equal(Seconds(5), group.Status[0].CooldownRemaining);
    }

    [Fact]
    public async Task Cooldowns_follow_the_configuration()
    {
        TestGroup group = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")], MaxAttempts = 1 }, Stated.Live, ("CooldownSeconds", "7"), ("AllowedFails", "1"));
        Transport.On("a", FakeTransport.Text("!Overloaded"));

        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        Assert.Equal(Seconds(7), group.Status[0].CooldownRemaining);
    }

    [Theory]
    [InlineData(Stated.Declared)]
    [InlineData(Stated.Live)]
    public async Task A_call_is_hedged_when_is_stated_from_the_first_one_on(Stated stated)
    {
        TestGroup group = Group(
            new() { Name = "test", HedgeLimit = 0.5, HedgeDelay = stated is Stated.Declared ? Seconds(2) : TimeSpan.Zero, Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)] },
            stated, ("HedgeDelaySeconds", "2"));
        Transport.On("a", FakeTransport.Hang(out Task reached)).On("b", FakeTransport.Text("from b"));

        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        await reached;
        _router.Time.Advance(Seconds(1.9));
        Assert.DoesNotContain("b", Transport.Asked);
        _router.Time.Advance(Seconds(0.1));

        Assert.Equal("from b", (await call).Text);
    }

    [Fact]
    public void Connections_are_made_within_the_time_that_is_stated_where_the_transport_is_ours()
    {
        var own = new RouterContext(null);
        Assert.Same(own.TransportWithin(Seconds(3)), own.TransportWithin(Seconds(3)));
        Assert.NotSame(own.TransportWithin(Seconds(3)), own.TransportWithin(Seconds(4)));
        Assert.Same(_router.Context.TransportWithin(Seconds(3)), _router.Context.TransportWithin(Seconds(4)));

        TestGroup group = Group(new() { Name = "test", Deployments = [TestRouter.Deployment("a")] }, Stated.Live, ("ConnectTimeoutSeconds", "3"));
        Assert.Equal(Seconds(3), new CallLimits(group.State.Settings, CallOptions.None).ConnectTimeout);
    }

    [Fact]
    public void A_call_states_sensible_bounds_alone()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { AttemptTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { FirstTokenTimeout = Seconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { StreamIdleTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { MaxAnswerBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CallOptions { MaxAnswerBytes = (1 << 30) + 1 });
        Assert.Equal(1 << 30, new CallOptions { MaxAnswerBytes = 1 << 30 }.MaxAnswerBytes);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static CallOptions Options(Stated stated, CallOptions options) => stated is Stated.ForTheCall ? options : new CallOptions();

    /// <summary>A group with one deployment; what configuration says of it comes after it was made.</summary>
    private TestGroup Group(GroupDefinition definition, Stated stated, params (string Setting, string Value)[] live)
    {
        TestGroup group = _router.Group(definition);
        if (stated is Stated.Live) _source.Reload([.. live.Select(static one => ($"RouterGen:Groups:test:{one.Setting}", one.Value))]);
        return group;
    }

    private async Task<string> FailsAfterAsync(Task call, double seconds)
    {
        _router.Time.Advance(Seconds(seconds - 0.1));
        Assert.False(call.IsCompleted);
        _router.Time.Advance(Seconds(0.1));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => call);
        Assert.Equal(FailureKind.Timeout, failure.Kind);
        return failure.Message;
    }
}
