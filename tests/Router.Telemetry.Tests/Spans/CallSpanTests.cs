using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using RouterGen.Runtime.Tests;

namespace RouterGen.Telemetry.Tests;

/// <summary>The spans of calls and attempts.</summary>
public sealed class CallSpanTests : IDisposable
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    private readonly SpanListener _spans = new();
    private TestRouter _router = new();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public async Task A_call_is_one_span_with_one_client_span_for_each_attempt()
    {
        TestGroup group = FailingOver();
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello", new CallOptions { SessionKey = "s1", Caller = "u1", SpendTags = ["feature"] }, new ChatOptions { Temperature = 0.5f, MaxOutputTokens = 7, Seed = 3, StopSequences = ["end"] }, Test);

        Activity call = _spans.Call;
        Assert.Equal("route test", call.DisplayName);
        Assert.Equal(ActivityStatusCode.Unset, call.Status);
        Assert.Equal("b", call.GetTagItem("routergen.deployment"));
        Assert.Equal(2, call.GetTagItem("routergen.attempts"));
        Assert.Equal("s1", call.GetTagItem("session.id"));
        Assert.Equal("u1", call.GetTagItem("user.id"));
        Assert.Equal(["feature"], Assert.IsType<string[]>(call.GetTagItem("routergen.tags")));
        Assert.DoesNotContain(call.TagObjects, static tag => tag.Key.StartsWith("gen_ai.usage", StringComparison.Ordinal));

        Assert.Equal(["chat a", "chat b"], _spans.Attempts.Select(static span => span.DisplayName));
        Assert.All(_spans.Attempts, span => Assert.Equal(call.SpanId, span.ParentSpanId));
        Activity failed = _spans.Attempts[0];
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        Assert.Equal("overloaded", failed.GetTagItem("error.type"));
        Assert.Equal(503, failed.GetTagItem("http.response.status_code"));
        Activity answered = _spans.Attempts[1];
        Assert.Equal(ActivityStatusCode.Unset, answered.Status);
        Assert.Equal("chat", answered.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("plain", answered.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("b", answered.GetTagItem("gen_ai.request.model"));
        Assert.Equal("b", answered.GetTagItem("server.address"));
        Assert.Equal(443, answered.GetTagItem("server.port"));
        Assert.Equal(0.5f, answered.GetTagItem("gen_ai.request.temperature"));
        Assert.Equal(7, answered.GetTagItem("gen_ai.request.max_tokens"));
        Assert.Equal(3L, answered.GetTagItem("gen_ai.request.seed"));
        Assert.Equal(["end"], Assert.IsType<string[]>(answered.GetTagItem("gen_ai.request.stop_sequences")));
        Assert.Equal(2, answered.GetTagItem("routergen.attempt"));
        Assert.Null(answered.GetTagItem("gen_ai.request.stream"));
        Assert.Null(answered.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task A_sampler_sees_provider_model_and_server()
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello", cancellationToken: Test);

        Dictionary<string, object?> seen = _spans.Seen.Last();
        Assert.Equal(["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "server.address", "server.port"], seen.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stream_tells_its_first_chunk_and_its_answer()
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Events("hi", " there", "[end]"));
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hello", cancellationToken: Test)) { }

        Activity attempt = Assert.Single(_spans.Attempts);
        Assert.Equal(true, attempt.GetTagItem("gen_ai.request.stream"));
        Assert.IsType<double>(attempt.GetTagItem("gen_ai.response.time_to_first_chunk"));
        Assert.Equal(attempt.ParentSpanId, _spans.Call.SpanId);
        Assert.Null(_spans.Call.GetTagItem("routergen.left_early"));
    }

    [Fact]
    public async Task A_stream_that_is_left_early_is_no_error()
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Events("hi", " there", "[end]"));
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hello", cancellationToken: Test)) break;

        Assert.Equal(true, _spans.Call.GetTagItem("routergen.left_early"));
        Assert.All(_spans.Ended, static span => Assert.Equal(ActivityStatusCode.Unset, span.Status));
        Assert.All(_spans.Ended, static span => Assert.Null(span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_failed_call_says_why()
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.BadRequest, "no"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hello", cancellationToken: Test));

        Assert.Equal("invalid_request", _spans.Call.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, _spans.Call.Status);
    }

    [Fact]
    public async Task Nothing_of_a_call_stays_the_current_activity()
    {
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Text("hi"));
        using var outer = new Activity("outer").Start();
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: Test);
        Assert.Same(outer, Activity.Current);
        await call;
        Assert.Same(outer, Activity.Current);
        Assert.Equal(outer.SpanId, _spans.Call.ParentSpanId);

        group.Complete("Hello", cancellationToken: Test);
        Assert.Same(outer, Activity.Current);
    }

    [Fact]
    public async Task Hedged_attempts_are_siblings_and_the_loser_is_no_error()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", order: 0), TestRouter.Deployment("b", order: 0)], HedgeLimit = 1, HedgeDelay = TimeSpan.FromSeconds(1), Strategy = RoutingStrategy.Weighted });
        _router.Transport.On("a", FakeTransport.Hang(out Task a)).On("b", FakeTransport.Hang(out Task b));
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: Test);
        Task first = await Task.WhenAny(a, b);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("b", FakeTransport.Text("from b"));
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        await call;
        while (_spans.Ended.Count < 3) await Task.Yield();

        Assert.All(_spans.Attempts, span => Assert.Equal(_spans.Call.SpanId, span.ParentSpanId));
        Activity lost = Assert.Single(_spans.Attempts, static span => span.GetTagItem("error.type") is not null);
        Assert.Equal("superseded", lost.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Unset, lost.Status);
        Assert.Equal(first == a ? "a" : "b", lost.GetTagItem("gen_ai.request.model"));
    }

    [Fact]
    public async Task Waits_and_fallbacks_are_events()
    {
        TestGroup fallback = _router.Group(new GroupDefinition { Name = "second", Deployments = [TestRouter.Deployment("b")] });
        TestGroup group = _router.Group(new GroupDefinition { Name = "first", Deployments = [TestRouter.Deployment("a")] });
        group.General = [fallback];
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.InternalServerError, "broken")).On("b", FakeTransport.Respond(HttpStatusCode.InternalServerError, "broken"), FakeTransport.Text("hi"));
        await _router.RunAsync(group.CompleteAsync("Hello", cancellationToken: Test));

        Activity call = _spans.Call;
        ActivityEvent entered = Assert.Single(call.Events, static happened => happened.Name == "routergen.fallback");
        Assert.Equal("second", entered.Tags.Single().Value);
        ActivityEvent waited = Assert.Single(call.Events, static happened => happened.Name == "routergen.wait");
        Assert.Equal("recovery", waited.Tags.Single(static tag => tag.Key == "routergen.wait.reason").Value);
        Assert.True((double)waited.Tags.Single(static tag => tag.Key == "routergen.wait.duration").Value! > 0);
        Assert.Equal("first", call.GetTagItem("routergen.group"));
        Assert.Equal("second", _spans.Attempts[^1].GetTagItem("routergen.group"));
    }

    [Fact]
    public async Task Content_is_there_where_it_is_asked_for()
    {
        _router = new TestRouter(captureContent: true);
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello \"you\"", new ChatOptions { Instructions = "Be brief." }, Test);

        Activity attempt = Assert.Single(_spans.Attempts);
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"Hello \u0022you\u0022"}]}]""", attempt.GetTagItem("gen_ai.input.messages"));
        Assert.Equal("""[{"type":"text","content":"Be brief."}]""", attempt.GetTagItem("gen_ai.system_instructions"));
        Assert.Contains("""{"role":"assistant","parts":[{"type":"text","content":"hi"}]""", (string)attempt.GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_is_there_where_the_variable_says_so()
    {
        _router = new TestRouter(variables: new() { ["KEY"] = "sk-test", ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true" });
        TestGroup group = _router.Group(1);
        _router.Transport.On("a", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello", cancellationToken: Test);
        Assert.NotNull(Assert.Single(_spans.Attempts).GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task Under_the_frameworks_client_the_span_names_the_deployment_that_answered()
    {
        using var outer = new SpanListener("outer");
        TestGroup group = FailingOver();
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("hi"));
        using IChatClient client = ((IChatClient)group).AsBuilder().UseOpenTelemetry(sourceName: "outer").Build();
        await client.GetResponseAsync("Hello", cancellationToken: Test);

        Activity span = Assert.Single(outer.Ended);
        Assert.Equal("plain", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("b", span.GetTagItem("gen_ai.request.model"));
        Assert.Equal("b", span.GetTagItem("server.address"));
        Assert.Equal("chat b", span.DisplayName);
    }

    [Fact]
    public async Task So_it_does_for_a_stream()
    {
        using var outer = new SpanListener("outer");
        TestGroup group = FailingOver();
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Events("hi", "[end]"));
        using IChatClient client = ((IChatClient)group).AsBuilder().UseOpenTelemetry(sourceName: "outer").Build();
        await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("Hello", cancellationToken: Test)) { }

        Activity span = Assert.Single(outer.Ended);
        Assert.Equal("plain", span.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("b", span.GetTagItem("gen_ai.request.model"));
    }

    /// <summary>A group that asks a, and b when a fails.</summary>
    private TestGroup FailingOver() => _router.Group(TestRouter.Deployment("a", order: 0), TestRouter.Deployment("b", order: 1));
}
