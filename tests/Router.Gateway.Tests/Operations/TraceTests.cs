using System.Diagnostics;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Operations;

/// <summary>A client's trace goes on to the provider: https://www.w3.org/TR/trace-context/.</summary>
public sealed class TraceTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";
    private const string Hello = """{"model":"MODEL","max_tokens":9,"messages":[{"role":"user","content":"Hello"}]}""";

    [Theory]
    [InlineData("/v1/chat/completions", "chat", "openai/gpt-4o-mini")]
    [InlineData("/v1/messages", "claude", "anthropic/claude-haiku-4-5")]
    public async Task The_provider_gets_the_clients_trace(string path, string group, string deployment)
    {
        await using World world = await World.StartAsync();
        await world.PostAsync(path, Hello.Replace("MODEL", group, StringComparison.Ordinal), ("traceparent", $"00-{Trace}-{Parent}-01"), ("tracestate", "vendor=value"));
        IReadOnlyDictionary<string, string> headers = Assert.Single(world.Providers![deployment].Requests).Headers;
        Assert.Matches($"^00-{Trace}-[0-9a-f]{{16}}-0[01]$", headers["traceparent"]);
        Assert.DoesNotContain(Parent, headers["traceparent"]);
        Assert.Equal("vendor=value", headers["tracestate"]);
    }

    [Fact]
    public async Task The_routers_spans_are_between_the_client_and_the_provider()
    {
        List<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("RouterGen", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using World world = await World.StartAsync();
        await world.PostAsync("/v1/chat/completions", Hello.Replace("MODEL", "chat", StringComparison.Ordinal), ("traceparent", $"00-{Trace}-{Parent}-01"));
        string[] upstream = Assert.Single(world.Providers!["openai/gpt-4o-mini"].Requests).Headers["traceparent"].Split('-');
        Activity[] ours;
        lock (spans) ours = [.. spans.Where(static span => span.TraceId.ToHexString() == Trace)];
        Assert.NotEmpty(ours);
        Assert.Equal(Trace, upstream[1]);
        Assert.Contains(ours, span => span.SpanId.ToHexString() == upstream[2] || ours.Any(other => other.ParentSpanId == span.SpanId));
    }

    [Theory]
    [InlineData("not a trace")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-00")]
    [InlineData("ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    public async Task What_is_no_trace_begins_a_new_one(string header)
    {
        await using World world = await World.StartAsync();
        Got got = await world.PostAsync("/v1/chat/completions", Hello.Replace("MODEL", "chat", StringComparison.Ordinal), ("traceparent", header));
        Assert.Equal(200, got.Status);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", Assert.Single(world.Providers!["openai/gpt-4o-mini"].Requests).Headers["traceparent"]);
    }
}
