using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using RouterGen.Runtime.Tests;

namespace RouterGen.Telemetry.Tests;

/// <summary>What the meter measures.</summary>
public sealed class MetricTests : IDisposable
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    private readonly MetricListener _metrics = new();
    private readonly TestRouter _router = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task A_call_is_measured_as_a_whole_and_by_attempts()
    {
        TestGroup group = Named("measured", "a", "b");
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "5")).On("b", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello", cancellationToken: Test);

        Assert.Equal([("a", "rate_limited"), ("b", "answered")], _metrics.Of("routergen.attempts").Select(static measured => ((string)measured.Tags["routergen.deployment"]!, (string)measured.Tags["routergen.outcome"]!)));
        Assert.Single(_metrics.Of("routergen.failovers"));
        MetricListener.Measured cooled = Assert.Single(_metrics.Of("routergen.cooldowns"));
        Assert.Equal("a", cooled.Tags["routergen.deployment"]);
        Assert.Equal("rate_limited", cooled.Tags["routergen.outcome"]);
        Assert.Equal("measured", Assert.Single(_metrics.Of("routergen.call.duration")).Tags["routergen.group"]);
        Assert.Equal(["rate_limited", null], _metrics.Of("gen_ai.client.operation.duration").Select(static measured => (string?)measured.Tags.GetValueOrDefault("error.type")));
        Assert.All(_metrics.Of("gen_ai.client.operation.duration"), static measured =>
        {
            Assert.Equal("chat", measured.Tags["gen_ai.operation.name"]);
            Assert.Equal("plain", measured.Tags["gen_ai.provider.name"]);
            Assert.Equal(443, measured.Tags["server.port"]);
        });
    }

    [Fact]
    public async Task A_stream_is_measured_chunk_by_chunk()
    {
        TestGroup group = Named("streamed", "a");
        _router.Transport.On("a", FakeTransport.Events("one", "two", "three", "[end]"));
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hello", cancellationToken: Test)) { }

        Assert.Single(_metrics.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal(3, _metrics.Of("gen_ai.client.operation.time_per_output_chunk").Count); // The terminator is a chunk, too.
    }

    [Fact]
    public async Task A_whole_answer_has_no_chunks()
    {
        TestGroup group = Named("whole", "a");
        _router.Transport.On("a", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello", cancellationToken: Test);
        Assert.Empty(_metrics.Of("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Empty(_metrics.Of("gen_ai.client.operation.time_per_output_chunk"));
    }

    [Fact]
    public async Task Gauges_tell_the_state_of_groups_that_are_in_use()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "gauged", Deployments = [TestRouter.Deployment("a", rpm: 2)] });
        _router.Transport.On("a", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello", cancellationToken: Test);
        _metrics.Collect();

        Assert.Equal(0.5, Value("routergen.headroom"), 2);
        Assert.Equal(0, Value("routergen.in_flight"));
        Assert.Equal(0, Value("routergen.queue.length"));
        GC.KeepAlive(group);

        double Value(string name) => Assert.Single(_metrics.Of(name), static measured => (string?)measured.Tags["routergen.group"] == "gauged").Value;
    }

    private TestGroup Named(string name, params string[] deployments) => _router.Group(new GroupDefinition { Name = name, Deployments = [.. deployments.Select(static (deployment, i) => TestRouter.Deployment(deployment, order: i))] });
}
