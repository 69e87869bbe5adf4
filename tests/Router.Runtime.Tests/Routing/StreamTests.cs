using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

public sealed class StreamTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_stream_ends_with_how_it_came_about()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Events("[role]", "Hel", "[ping]", "lo", "[end]"));

        List<ChatResponseUpdate> updates = await ReadAsync(group.StreamAsync("Hi"));

        Assert.Equal("Hello", string.Concat(updates.Select(update => update.Text)));
        RoutedResponseUpdate last = Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        Assert.Equal("plain/a", last.ModelUsed);
        Assert.Equal(ChatFinishReason.Stop, last.FinishReason);
        Assert.Equal(0.00002m, last.Cost); // 10 tokens at 1, 5 at 2 USD a million.
        Assert.Single(last.Attempts);
        Assert.Equal(TimeSpan.Zero, last.TimeToFirstToken);
        Assert.Equal(0, group.Status[0].InFlight);
        Assert.Equal("r1", updates.ToChatResponse().ResponseId);
    }

    [Theory]
    [InlineData("!Overloaded")]
    [InlineData("[role]", "!RateLimited")]
    [InlineData("[role]", "[ping]")]
    [InlineData("!InvalidResponse")]
    public async Task Before_the_first_content_a_failure_is_nobodys_but_ours(params string[] broken)
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Events(broken)).On("b", FakeTransport.Events("hello", "[end]"));

        List<ChatResponseUpdate> updates = await ReadAsync(group.StreamAsync("Hi"));

        Assert.Equal("hello", string.Concat(updates.Select(update => update.Text)));
        Assert.Equal(2, ((RoutedResponseUpdate)updates[^1]).Attempts.Count);
        Assert.NotEqual(DeploymentHealth.Healthy, group.Status[0].Health);
    }

    [Theory]
    [InlineData(FailureKind.InvalidResponse)]
    [InlineData(FailureKind.Overloaded, "!Overloaded busy")]
    public async Task After_it_a_failure_is_typed_and_brings_what_had_arrived(FailureKind kind, params string[] more)
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Events(["Hel", "lo", .. more]));
        var received = new StringBuilder();

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) received.Append(update.Text);
        });

        Assert.Equal("Hello", received.ToString());
        Assert.Equal(kind, failure.Kind);
        Assert.Equal("Hello", failure.PartialResponse!.Text);
        Assert.Single(failure.Attempts);
        Assert.Equal(["a"], Transport.Asked);
        Assert.Equal(DeploymentHealth.CoolingDown, group.Status[0].Health);
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Fact]
    public async Task A_stream_without_content_may_end_cleanly()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Events("[role]", "[end]"));

        List<ChatResponseUpdate> updates = await ReadAsync(group.StreamAsync("Hi"));

        Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        Assert.Equal("", updates.ToChatResponse().Text);
    }

    [Fact]
    public async Task A_silent_start_fails_over()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)], FirstTokenTimeout = TimeSpan.FromSeconds(5) });
        var silent = new StallingStream("data: [role]\n\n");
        Transport.On("a", FakeTransport.Stream(silent)).On("b", FakeTransport.Events("hello", "[end]"));

        Task<List<ChatResponseUpdate>> reading = ReadAsync(group.StreamAsync("Hi"));
        await silent.Stalled;
        _router.Time.Advance(TimeSpan.FromSeconds(5));

        List<ChatResponseUpdate> updates = await reading;
        Assert.Equal("hello", updates.ToChatResponse().Text);
        Assert.Equal(FailureKind.Timeout, ((RoutedResponseUpdate)updates[^1]).Attempts[0].Outcome);
        Assert.True(silent.IsDisposed);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task A_model_that_thinks_in_silence_is_waited_for_longer_where_nobody_else_could_answer(int deployments, bool failsOver)
    {
        TestGroup group = _router.Group([.. Enumerable.Range(0, deployments).Select(i => TestRouter.Deployment(((char)('a' + i)).ToString(), order: i))]);
        var silent = new StallingStream("data: [role]\n\n");
        Transport.On("a", FakeTransport.Stream(silent)).On("b", FakeTransport.Events("hello", "[end]"));

        Task<List<ChatResponseUpdate>> reading = ReadAsync(group.StreamAsync("Hi"));
        await silent.Stalled;
        _router.Time.Advance(TimeSpan.FromSeconds(60));
        if (failsOver) Assert.Equal("hello", (await reading).ToChatResponse().Text);
        else Assert.False(silent.IsDisposed);
    }

    [Theory]
    [InlineData("[part]", "[part]", "[part]", "done", "[end]")]
    [InlineData("begun", "[part]", "[part]", "[part]", "done", "[end]")]
    public async Task A_model_that_writes_what_is_not_for_the_caller_yet_is_not_silent(params string[] events)
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], FirstTokenTimeout = TimeSpan.FromSeconds(5), StreamIdleTimeout = TimeSpan.FromSeconds(5) });
        var body = new PacedStream(events);
        Transport.On("a", FakeTransport.Stream(body));

        Task<List<ChatResponseUpdate>> reading = ReadAsync(group.StreamAsync("Hi"));
        for (int i = 0; i < events.Length; i++)
        {
            await body.WaitingAsync(i);
            _router.Time.Advance(TimeSpan.FromSeconds(4));
            body.Send();
        }

        Assert.EndsWith("done", (await reading).ToChatResponse().Text);
    }

    [Fact]
    public async Task A_probe_has_its_verdict_with_the_first_content_not_with_the_last()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!QuotaExhausted"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("break it"));
        _router.Time.Advance(TimeSpan.FromMinutes(10));
        Transport.On("a", FakeTransport.Stream(new StallingStream("data: Hel\n\n")), FakeTransport.Text("hello"));

        await using IAsyncEnumerator<ChatResponseUpdate> slow = group.StreamAsync("probe").GetAsyncEnumerator();
        Assert.True(await slow.MoveNextAsync());

        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        Assert.Equal("hello", (await group.CompleteAsync("other")).Text);
    }

    [Fact]
    public async Task A_deadline_that_the_consumer_used_up_is_not_the_deployments_fault()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], Timeout = TimeSpan.FromSeconds(10) });
        var observed = new List<FailureKind>();
        group.Policy = new Observing(observed.Add);
        Transport.On("a", FakeTransport.Stream(new StallingStream("data: Hel\n\n")));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) _router.Time.Advance(TimeSpan.FromSeconds(20));
        });

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        Assert.Equal((1, 0), (group.Status[0].Failures, group.Status[0].FailuresInARow)); // But an answer it is not.
        Assert.Empty(observed);
    }

    private sealed class Observing(Action<FailureKind> see) : SelectionPolicy
    {
        public override int Pick(in SelectionContext context) => 0;

        public override void Observe(in AttemptObservation observation) => see(observation.Outcome);
    }

    [Fact]
    public async Task An_HttpClient_streams_too()
    {
        var group = new TestGroup(new(new RouterOptions { Transport = new HttpClient(Transport), Variables = _ => "sk-test-key" }), new() { Name = "test", Deployments = [TestRouter.Deployment("a")] });
        Transport.On("a", FakeTransport.Stream(new StallingStream("data: Hel\n\n")));

        await using IAsyncEnumerator<ChatResponseUpdate> stream = group.StreamAsync("Hi").GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync()); // Were the body buffered, this would wait for its end.
    }

    [Fact]
    public async Task A_stall_in_mid_stream_is_a_timeout()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], StreamIdleTimeout = TimeSpan.FromSeconds(5) });
        var stalling = new StallingStream("data: Hel\n\n");
        Transport.On("a", FakeTransport.Stream(stalling));

        Task<List<ChatResponseUpdate>> reading = ReadAsync(group.StreamAsync("Hi"));
        await stalling.Stalled;
        _router.Time.Advance(TimeSpan.FromSeconds(5));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => reading);
        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Equal("Hel", failure.PartialResponse!.Text);
        Assert.True(stalling.IsDisposed);
    }

    [Fact]
    public async Task The_consumers_own_time_is_not_the_providers_silence()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], StreamIdleTimeout = TimeSpan.FromSeconds(5) });
        Transport.On("a", FakeTransport.Events("Hel", "lo", "[end]"));
        var text = new StringBuilder();

        await foreach (ChatResponseUpdate update in group.StreamAsync("Hi"))
        {
            text.Append(update.Text);
            _router.Time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal("Hello", text.ToString());
    }

    [Fact]
    public async Task A_caller_who_stops_early_drops_the_connection_and_blames_nobody()
    {
        TestGroup group = _router.Group(1);
        var body = new StallingStream("data: Hel\n\ndata: lo\n\n");
        Transport.On("a", FakeTransport.Stream(body));

        await foreach (ChatResponseUpdate update in group.StreamAsync("Hi")) break;

        Assert.True(body.IsDisposed);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_caller_who_cancels_gets_just_that(bool throughTheEnumerator)
    {
        TestGroup group = _router.Group(1);
        var body = new StallingStream("data: Hel\n\n");
        Transport.On("a", FakeTransport.Stream(body));
        using var caller = new CancellationTokenSource();

        IAsyncEnumerable<ChatResponseUpdate> stream = throughTheEnumerator ? group.StreamAsync("Hi") : group.StreamAsync("Hi", cancellationToken: caller.Token);
        Task reading = Task.Run(async () =>
        {
            await foreach (ChatResponseUpdate update in stream.WithCancellation(throughTheEnumerator ? caller.Token : default)) { }
        });
        await body.Stalled;
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(body.IsDisposed);
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Fact]
    public async Task A_server_that_does_not_stream_is_understood_all_the_same()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Respond(System.Net.HttpStatusCode.OK, "whole", mediaType: "application/json"));

        List<ChatResponseUpdate> updates = await ReadAsync(group.StreamAsync("Hi"));

        Assert.Equal("whole", updates.ToChatResponse().Text);
        Assert.NotNull(Assert.IsType<RoutedResponseUpdate>(updates[^1]).Cost);
    }

    private static async Task<List<ChatResponseUpdate>> ReadAsync(IAsyncEnumerable<ChatResponseUpdate> stream)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in stream) updates.Add(update);
        return updates;
    }
}
