using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>What follows from refusals, what is told of them, and what is logged.</summary>
public class RefusalTests
{
    private const string Said = "the user's own words";

    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_does_not_fit_one_deployment_goes_to_another_without_a_cooldown(HttpStatusCode status)
    {
        TestGroup group = _router.Group(Limited("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Respond(status, "!Unsupported no tools here", retryAfter: "30"), FakeTransport.Text("from a")).On("b", FakeTransport.Text("from b"));

        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi"));

        Assert.Equal("from b", reply.Text);
        Assert.Equal((FailureKind.Unsupported, FailureScope.RequestAtModel, (int)status), (reply.Attempts[0].Outcome, reply.Attempts[0].Scope, reply.Attempts[0].StatusCode));
        DeploymentStatus refused = group.Status[0];
        Assert.Equal((DeploymentHealth.Healthy, 1L, 1L), (refused.Health, refused.Calls, refused.Failures)); // It was asked.
        Assert.True(refused.Headroom < 1, "A request that was sent counts toward Rpm.");
        Assert.Equal("from a", (await _router.RunAsync(group.CompleteAsync("Hi"))).Text);
    }

    [Fact]
    public async Task What_was_never_sent_counts_for_nothing()
    {
        TestGroup group = _router.Group(Limited("a"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("unsupported")));

        Assert.Equal((FailureKind.Unsupported, null), (failure.Kind, failure.StatusCode));
        Assert.Equal((0L, 0L, 1.0), (group.Status[0].Calls, group.Status[0].Failures, group.Status[0].Headroom));
        Assert.Empty(Transport.Asked);
    }

    [Fact]
    public async Task A_request_that_fits_no_deployment_goes_to_the_fallback_groups()
    {
        TestGroup group = _router.Group(2);
        group.General = [_router.Group(TestRouter.Deployment("c"))];
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.BadRequest, "!Unsupported x")).On("b", FakeTransport.Respond(HttpStatusCode.BadRequest, "!Unsupported x")).On("c", FakeTransport.Text("from c"));
        Assert.Equal("from c", (await _router.RunAsync(group.CompleteAsync("Hi"))).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_inside_a_success_has_its_status_whole_and_streamed_alike(bool stream)
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", stream ? FakeTransport.Events("!ContentFiltered no") : FakeTransport.Respond(HttpStatusCode.OK, "!AuthenticationFailed no"));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(stream ? ReadAsync(group) : group.CompleteAsync("Hi")));
        Assert.Equal((200, 200), (failure.StatusCode, failure.Attempts[0].StatusCode));
    }

    [Fact]
    public async Task A_stream_that_breaks_has_the_streams_status()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Events("Hello", "!ServerError gone"));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(ReadAsync(group)));
        Assert.Equal((FailureKind.ServerError, FailureScope.Provider, 200), (failure.Kind, failure.Scope, failure.StatusCode));
    }

    [Fact]
    public async Task A_redirect_rests_a_deployment_for_moments_and_not_for_minutes()
    {
        TestGroup group = _router.Group(2);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Found, $"!{nameof(FailureKind.Redirected)} elsewhere")).On("b", FakeTransport.Text("from b"));
        await _router.RunAsync(group.CompleteAsync("Hi"));

        DeploymentStatus status = group.Status[0];
        Assert.Equal((FailureKind.Redirected, DeploymentHealth.CoolingDown), (status.LastFailure, status.Health));
        Assert.InRange(status.CooldownRemaining, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(FailureKind.AuthenticationFailed, "Check the key")]
    [InlineData(FailureKind.PermissionDenied, "Check what the key may do")]
    [InlineData(FailureKind.QuotaExhausted, "credit")]
    [InlineData(FailureKind.ModelNotFound, "Check the model's name")]
    [InlineData(FailureKind.Redirected, "Check the endpoint")]
    [InlineData(FailureKind.InvalidRequest, "Correct the request")]
    [InlineData(FailureKind.ContextWindowExceeded, "Shorten the request")]
    [InlineData(FailureKind.ContentFiltered, "ContentPolicyFallbacks")]
    [InlineData(FailureKind.Unsupported, "Leave out")]
    public async Task The_message_says_what_to_do(FailureKind kind, string advice)
    {
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.BadRequest, $"!{kind} no"));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(_router.Group(1).CompleteAsync("Hi")));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(advice, failure.Message);
    }

    // What is logged.

    [Theory]
    [InlineData("whole")]
    [InlineData("streamed")]
    [InlineData("broken")]
    [InlineData("transport")]
    [InlineData("copy")]
    [InlineData("probe")]
    [InlineData("policy")]
    [InlineData("observer")]
    public async Task What_others_wrote_is_logged_at_Debug_alone_unless_it_is_asked_for(string where)
    {
        foreach (bool asked in (bool[])[false, true])
        {
            var logs = new RecordedLogs();
            await FailAsync(where, logs, asked);

            (LogLevel Level, string Line)[] entries = [.. logs.Levels.Zip(logs.Lines)];
            Assert.NotEmpty(entries);
            Assert.Contains(entries, static entry => entry.Line.Contains(Said)); // It was there to be logged.
            if (!asked) Assert.All(entries.Where(static entry => entry.Level > LogLevel.Debug), static entry => Assert.DoesNotContain(Said, entry.Line));
            else if (where is not "copy") Assert.Contains(entries, static entry => entry.Level > LogLevel.Debug && entry.Line.Contains(Said));
        }
    }

    [Fact]
    public async Task Logs_have_the_kind_the_status_and_a_code_that_is_one()
    {
        var logs = new RecordedLogs();
        var router = new TestRouter(logs: logs);
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Throw(new HttpRequestException(HttpRequestError.NameResolutionError, Said)));
        await Assert.ThrowsAsync<RoutingException>(() => router.RunAsync(group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 })));
        Assert.Contains("test: attempt at a failed: ConnectionFailed (null) NameResolutionError", logs.Lines);
    }

    // What a cancelled call tells.

    [Theory]
    [InlineData("whole")]
    [InlineData("streamed")]
    [InlineData("mid-stream")]
    [InlineData("fastest")]
    [InlineData("fastest streamed")]
    public async Task A_cancelled_call_tells_its_attempts(string way)
    {
        using var caller = new CancellationTokenSource();
        TestGroup group = _router.Group(2);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down")).On("b", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down"));
        Task reached = Task.CompletedTask;
        if (way is "mid-stream")
        {
            var hanging = new StallingStream("data: Hello\n\n");
            Transport.On("b", FakeTransport.Stream(hanging));
            reached = hanging.Stalled;
        }
        else
        {
            Transport.On("b", FakeTransport.Hang(out reached));
        }

        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { Deployment = "a", MaxAttempts = 1 })));
        _router.Time.Advance(TimeSpan.FromMinutes(1));

        Task call = way switch
        {
            "streamed" or "mid-stream" => ReadAsync(group, caller.Token),
            "fastest" => FastestResponse.CompleteAsync([group], "Hi", cancellationToken: caller.Token),
            "fastest streamed" => ReadAsync(FastestResponse.StreamAsync([group], "Hi", cancellationToken: caller.Token)),
            _ => group.CompleteAsync("Hi", cancellationToken: caller.Token),
        };
        await reached;
        await caller.CancelAsync();

        RoutingCanceledException canceled = await Assert.ThrowsAsync<RoutingCanceledException>(() => call);
        Assert.Equal(caller.Token, canceled.CancellationToken);
        Attempt last = canceled.Attempts[^1];
        Assert.Equal(("b", FailureKind.Canceled, FailureScope.None), (last.Deployment, last.Outcome, last.Scope));
        Assert.All(canceled.Attempts.SkipLast(1), static attempt => Assert.Equal(("a", FailureKind.Overloaded), (attempt.Deployment, attempt.Outcome)));
        Assert.Contains("b: Canceled", canceled.Message);
        Assert.Equal((0, 0), (group.Status[0].InFlight, group.Status[1].InFlight));
    }

    [Fact]
    public async Task A_cancelled_call_names_all_its_attempts()
    {
        using var caller = new CancellationTokenSource();
        TestGroup group = _router.Group(TestRouter.Deployment("a", order: 0), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Hang(out Task reached));
        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: caller.Token);
        await reached;
        await caller.CancelAsync();
        var canceled = await Assert.ThrowsAsync<RoutingCanceledException>(() => call);
        Assert.Equal([("a", FailureKind.Overloaded), ("b", FailureKind.Canceled)], canceled.Attempts.Select(static attempt => (attempt.Deployment, attempt.Outcome)));
    }

    [Fact]
    public async Task So_does_a_synchronous_one_and_one_that_waits()
    {
        using var caller = new CancellationTokenSource();
        TestGroup group = _router.Group(1);
        Transport.On("a", (_, _) =>
        {
            caller.Cancel();
            return Task.FromException<HttpResponseMessage>(new OperationCanceledException(caller.Token));
        });
        var whole = Assert.Throws<RoutingCanceledException>(() => group.Complete("Hi", cancellationToken: caller.Token));
        Assert.Equal(FailureKind.Canceled, Assert.Single(whole.Attempts).Outcome);

        using var late = new CancellationTokenSource();
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "later", retryAfter: "10"));
        Task<RoutedResponse> waiting = group.CompleteAsync("Hi", cancellationToken: late.Token);
        await late.CancelAsync();
        var canceled = await Assert.ThrowsAsync<RoutingCanceledException>(() => _router.RunAsync(waiting));
        Assert.Equal(FailureKind.RateLimited, Assert.Single(canceled.Attempts).Outcome);
        Assert.Empty((await Assert.ThrowsAsync<RoutingCanceledException>(() => group.CompleteAsync("Hi", cancellationToken: late.Token))).Attempts);
    }

    private static DeploymentDefinition Limited(string name) => TestRouter.Deployment(name, rpm: 100);

    private static Task<RoutedResponse> ReadAsync(TestGroup group) => ReadWholeAsync(group);

    private static async Task<RoutedResponse> ReadWholeAsync(TestGroup group)
    {
        await ReadAsync(group, default);
        return new RoutedResponse(new ChatMessage(ChatRole.Assistant, ""), "");
    }

    private static Task ReadAsync(TestGroup group, CancellationToken cancellationToken) => ReadAsync(group.StreamAsync("Hi", cancellationToken: cancellationToken));

    private static async Task ReadAsync(IAsyncEnumerable<ChatResponseUpdate> stream)
    {
        await foreach (ChatResponseUpdate _ in stream)
        {
        }
    }

    /// <summary>Makes something fail that says what a user wrote.</summary>
    private static async Task FailAsync(string where, RecordedLogs logs, bool asked)
    {
        var router = new TestRouter(logs: logs, logMessages: asked);
        var definition = new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")] };
        switch (where)
        {
            case "copy":
                definition = new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), Shadow("b")] };
                router.Transport.On("a", FakeTransport.Text("fine")).On("b", FakeTransport.Respond(HttpStatusCode.BadRequest, Said));
                await router.RunAsync(router.Group(definition).CompleteAsync("Hi"));
                while (router.Time.NextDue == TimeSpan.Zero) router.Time.Advance(TimeSpan.Zero);
                return;
            case "probe":
                definition = new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b")], Strategy = RoutingStrategy.LowestLatency, LatencyProbes = true };
                router.Transport.On("a", FakeTransport.Events("Hi", "[end]"), FakeTransport.Respond(HttpStatusCode.BadRequest, Said)).On("b", FakeTransport.Events("Hi", "[end]"), FakeTransport.Respond(HttpStatusCode.BadRequest, Said));
                TestGroup probed = router.Group(definition);
                for (int i = 0; i < 6 && !logs.Lines.Any(static line => line.Contains(Said)); i++)
                {
                    try
                    {
                        await ReadAsync(probed, default);
                    }
                    catch (RoutingException)
                    {
                        // The probe is what matters.
                    }

                    router.Time.Advance(TimeSpan.FromSeconds(40));
                }

                return;
            case "policy":
                TestGroup chosen = router.Group(2);
                router.Transport.On("a", FakeTransport.Text("fine")).On("b", FakeTransport.Text("fine"));
                chosen.Policy = SelectionPolicy.Create(static (in SelectionContext _) => throw new InvalidOperationException(Said));
                await Assert.ThrowsAsync<RoutingException>(() => router.RunAsync(chosen.CompleteAsync("Hi")));
                return;
            case "observer":
                router.Changed = static _ => throw new InvalidOperationException(Said);
                router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down"));
                break;
            case "transport":
                router.Transport.On("a", FakeTransport.Throw(new HttpRequestException(Said)));
                break;
            case "streamed":
                router.Transport.On("a", FakeTransport.Events("!InvalidRequest " + Said));
                break;
            case "broken":
                router.Transport.On("a", FakeTransport.Events("Hi", "!ServerError " + Said));
                break;
            default:
                router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, Said));
                break;
        }

        TestGroup group = router.Group(definition);
        var once = new CallOptions { MaxAttempts = 1 };
        await Assert.ThrowsAsync<RoutingException>(() => where is "streamed" or "broken" ? ReadAsync(group, default) : router.RunAsync(group.CompleteAsync("Hi", once)));
    }

    private static DeploymentDefinition Shadow(string name) => new()
    {
        Name = name, Provider = "plain", Model = name, Endpoint = $"https://{name}", KeyVariable = "KEY", Codec = new PlainCodec(), MirrorShare = 1,
    };
}
