using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Each row of the semantics table, as a caller meets it.</summary>
public sealed class FailoverTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Theory]
    [InlineData(FailureKind.RateLimited)]
    [InlineData(FailureKind.QuotaExhausted)]
    [InlineData(FailureKind.Overloaded)]
    [InlineData(FailureKind.Timeout)]
    [InlineData(FailureKind.ConnectionFailed)]
    [InlineData(FailureKind.InvalidResponse)]
    [InlineData(FailureKind.AuthenticationFailed)]
    [InlineData(FailureKind.ModelNotFound)]
    [InlineData(FailureKind.Unsupported)]
    public async Task Another_deployment_answers_at_once(FailureKind kind)
    {
        TestGroup group = _router.Group(Ordered("a", 0), Ordered("b", 1));
        Transport.On("a", FakeTransport.Text($"!{kind}")).On("b", FakeTransport.Text("hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal("hello", reply.Text);
        Assert.Equal("plain/b", reply.ModelUsed);
        Assert.Equal("b", reply.Deployment);
        Assert.Equal([kind, FailureKind.None], reply.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(TimeSpan.Zero, reply.Duration); // No time passed: nothing was waited for.
    }

    [Fact]
    public async Task An_attempt_says_whether_its_failure_was_recognized()
    {
        TestGroup group = _router.Group(Ordered("a", 0), Ordered("b", 1), Ordered("c", 2));
        Transport.On("a", FakeTransport.Text("!Overloaded?")).On("b", FakeTransport.Text("!Overloaded")).On("c", FakeTransport.Text("hello"));
        Assert.Equal([true, false, false], (await group.CompleteAsync("Hi")).Attempts.Select(attempt => attempt.IsUnrecognized));
    }

    [Theory]
    [InlineData(FailureKind.InvalidRequest)]
    [InlineData(FailureKind.ContentFiltered)]
    public async Task A_request_that_nobody_would_take_is_not_repeated(FailureKind kind)
    {
        TestGroup group = _router.Group(Ordered("a", 0), Ordered("b", 1));
        group.General = [_router.Group(TestRouter.Deployment("c"))];
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.BadRequest, $"!{kind} because"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(kind, failure.Kind);
        Assert.Equal(400, failure.StatusCode);
        Assert.Equal("because", failure.ProviderMessage);
        Assert.Equal(["a"], Transport.Asked);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
    }

    [Theory]
    [InlineData(FailureKind.RateLimited, true)]
    [InlineData(FailureKind.Overloaded, true)]
    [InlineData(FailureKind.Timeout, true)]
    [InlineData(FailureKind.ConnectionFailed, true)]
    [InlineData(FailureKind.InvalidResponse, true)]
    [InlineData(FailureKind.QuotaExhausted, false)]
    [InlineData(FailureKind.AuthenticationFailed, false)]
    [InlineData(FailureKind.ModelNotFound, false)]
    public async Task The_only_deployment_is_asked_again_where_that_may_help(FailureKind kind, bool again)
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text($"!{kind}"), FakeTransport.Text("hello"));

        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        if (again)
        {
            RoutedResponse reply = await _router.RunAsync(call);
            Assert.Equal("hello", reply.Text);
            Assert.True(reply.Duration > TimeSpan.Zero, "A retry of the same deployment must wait.");
        }
        else
        {
            Assert.Equal(kind, (await Assert.ThrowsAsync<RoutingException>(() => call)).Kind);
            Assert.Single(Transport.Asked);
        }
    }

    [Theory]
    [InlineData(FailureKind.RateLimited)]
    [InlineData(FailureKind.QuotaExhausted)]
    [InlineData(FailureKind.Overloaded)]
    [InlineData(FailureKind.Timeout)]
    [InlineData(FailureKind.ConnectionFailed)]
    [InlineData(FailureKind.InvalidResponse)]
    [InlineData(FailureKind.AuthenticationFailed)]
    [InlineData(FailureKind.ModelNotFound)]
    public async Task An_exhausted_group_hands_over_to_its_fallback(FailureKind kind)
    {
        TestGroup group = _router.Group(2);
        group.General = [_router.Group(TestRouter.Deployment("c"))];
        Transport.On("a", FakeTransport.Text($"!{kind}")).On("b", FakeTransport.Text($"!{kind}")).On("c", FakeTransport.Text("hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal("c", reply.Deployment);
        Assert.Equal(3, reply.Attempts.Count);
        Assert.Equal(TimeSpan.Zero, reply.Duration);
    }

    [Fact]
    public async Task A_context_too_long_goes_to_a_larger_window_only()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", window: 1000), TestRouter.Deployment("b", order: 1, window: 1000), TestRouter.Deployment("c", order: 2, window: 9000));
        Transport.On("a", FakeTransport.Text("!ContextWindowExceeded")).On("c", FakeTransport.Text("hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal("c", reply.Deployment);
        Assert.Equal(["a", "c"], Transport.Asked);
        Assert.All(group.Status, status => Assert.Equal(DeploymentHealth.Healthy, status.Health));
    }

    [Fact]
    public async Task A_context_too_long_for_all_goes_to_the_groups_for_that_and_to_no_other()
    {
        TestGroup group = _router.Group(1);
        group.General = [_router.Group(TestRouter.Deployment("x"))];
        group.Larger = [_router.Group(TestRouter.Deployment("c"))];
        Transport.On("a", FakeTransport.Text("!ContextWindowExceeded")).On("c", FakeTransport.Text("hello"));

        Assert.Equal("c", (await group.CompleteAsync("Hi")).Deployment);

        group.Larger = [];
        Assert.Equal(FailureKind.ContextWindowExceeded, (await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"))).Kind);
        Assert.DoesNotContain("x", Transport.Asked);
    }

    [Fact]
    public async Task Filtered_content_goes_to_the_groups_for_that()
    {
        TestGroup group = _router.Group(2);
        group.Lenient = [_router.Group(TestRouter.Deployment("c"))];
        Transport.On("a", FakeTransport.Text("!ContentFiltered half")).On("b", FakeTransport.Text("!ContentFiltered half")).On("c", FakeTransport.Text("hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal("c", reply.Deployment);
        Assert.Equal(2, reply.Attempts.Count);
    }

    [Fact]
    public async Task What_a_filter_let_through_is_the_answer_where_there_is_no_group_for_that()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!ContentFiltered half"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal("half", reply.Text);
        Assert.Equal(Microsoft.Extensions.AI.ChatFinishReason.ContentFilter, reply.FinishReason);
    }

    [Fact]
    public async Task What_a_filter_let_through_is_the_answer_where_no_attempt_is_left_for_the_group_for_that()
    {
        TestGroup group = _router.Group(1);
        group.Lenient = [_router.Group(TestRouter.Deployment("c"))];
        Transport.On("a", FakeTransport.Text("!ContentFiltered half"));

        Assert.Equal("half", (await group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 })).Text);
        Assert.Equal(["a"], Transport.Asked);
    }

    [Theory]
    [InlineData("!ContentFiltered half", "d")]
    [InlineData("!ContextWindowExceeded", "d")]
    [InlineData("!ContentFiltered half", "c", "d")]
    [InlineData("!ContextWindowExceeded", "c", "d")]
    public async Task The_groups_for_a_failure_go_before_those_that_were_to_take_over_from_an_outage(string failing, params string[] general)
    {
        var groups = new Dictionary<string, TestGroup>();
        foreach (string name in (string[])["a", "b", "c", "d"]) groups[name] = _router.Group(new GroupDefinition { Name = name, Deployments = [TestRouter.Deployment(name)] });
        groups["a"].General = [groups["b"], .. general.Select(name => groups[name])];
        groups["b"].Lenient = groups["b"].Larger = [groups["d"]];
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text(failing)).On("c", FakeTransport.Text("c")).On("d", FakeTransport.Text("d"));

        Assert.Equal("d", (await groups["a"].CompleteAsync("Hi")).Text);
        Assert.Equal(["a", "b", "d"], Transport.Asked);
    }

    [Fact]
    public async Task After_a_group_whose_window_is_too_small_the_next_one_takes_over_from_the_outage()
    {
        TestGroup group = _router.Group(1);
        TestGroup small = _router.Group(TestRouter.Deployment("b"));
        small.Larger = [_router.Group(TestRouter.Deployment("d"))];
        group.General = [small, _router.Group(TestRouter.Deployment("c"))];
        Transport.On("a", FakeTransport.Text("!QuotaExhausted")).On("b", FakeTransport.Text("!ContextWindowExceeded")).On("c", FakeTransport.Text("c")).On("d", FakeTransport.Text("!QuotaExhausted"));

        Assert.Equal("c", (await group.CompleteAsync("Hi")).Text);
        Assert.Equal(["a", "b", "d", "c"], Transport.Asked);
    }

    [Fact]
    public async Task Every_deployment_is_tried_before_any_is_tried_twice()
    {
        TestGroup group = _router.Group(3);
        foreach (string host in new[] { "a", "b", "c" }) Transport.On(host, FakeTransport.Text("!Overloaded"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi")));

        Assert.Equal(5, failure.Attempts.Count); // Each once, and two more.
        Assert.Equal(["a", "b", "c"], Transport.Asked.Take(3).Order());
        Assert.NotNull(failure.RetryAfter);
    }

    [Fact]
    public async Task There_is_no_wait_after_the_last_failure()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], MaxAttempts = 1 });
        Transport.On("a", FakeTransport.Text("!Overloaded"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Single(failure.Attempts);
        Assert.Equal(0, _router.Context.QueueGate.Waiting);
    }

    [Fact]
    public async Task Groups_that_fall_back_to_each_other_are_visited_once_each()
    {
        TestGroup first = _router.Group(TestRouter.Deployment("a"));
        TestGroup second = _router.Group(TestRouter.Deployment("b"));
        first.General = [second, second];
        second.General = [first];
        Transport.On("a", FakeTransport.Text("!QuotaExhausted")).On("b", FakeTransport.Text("!QuotaExhausted"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => first.CompleteAsync("Hi"));

        Assert.Equal(["a", "b"], Transport.Asked);
        Assert.Equal(2, failure.Attempts.Count);
    }

    [Fact]
    public async Task A_request_that_the_fallback_rejects_is_not_taken_back_to_the_group_before()
    {
        TestGroup group = _router.Group(1);
        group.General = [_router.Group(TestRouter.Deployment("c"))];
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("c", FakeTransport.Respond(HttpStatusCode.BadRequest, "no"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Equal(["a", "c"], Transport.Asked);
        Assert.Null(failure.RetryAfter);
    }

    [Fact]
    public async Task The_retry_budget_ends_a_storm()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], MaxAttempts = 1000, Cooldown = TimeSpan.FromMilliseconds(1), Timeout = TimeSpan.FromDays(1), MaxWait = TimeSpan.FromDays(1) });
        Transport.On("a", FakeTransport.Text("!Overloaded"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi")));

        Assert.Equal(101, failure.Attempts.Count); // The first, and as many as a full budget grants.
        Assert.Contains("the retry budget is used up", failure.Message);
    }

    [Fact]
    public async Task What_is_never_retried_costs_no_retry_budget()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!ContextWindowExceeded"));
        for (int i = 0; i < 200; i++) await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi")); // A full budget pays for a hundred retries.

        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Text("hello"));
        Assert.Equal("hello", (await _router.RunAsync(group.CompleteAsync("Hi"))).Text);
    }

    [Fact]
    public async Task The_exception_says_why_nobody_else_was_asked()
    {
        TestGroup group = _router.Group(new GroupDefinition
        {
            Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1, rpm: 1), TestRouter.Deployment("c", order: 2)], MaxAttempts = 1,
        });
        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Text("!InvalidRequest no")).On("b", FakeTransport.Text("b"));
        Assert.Equal("b", (await group.CompleteAsync("Hi", new CallOptions { Deployment = "b" })).Text); // Now b is at its limit,
        string message = (await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"))).Message;
        Assert.Contains("No more attempts are allowed (MaxAttempts 1).", message);
        Assert.Contains("b: at its limit", message);
        Assert.DoesNotContain("c:", message);                                                              // and c could have been asked.

        _router.Time.Advance(TimeSpan.FromMinutes(1));
        message = (await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"))).Message;
        Assert.DoesNotContain("MaxAttempts", message); // Nobody else would have been asked anyway.
    }

    [Fact]
    public async Task Failures_of_the_transport_are_failures_of_the_attempt()
    {
        TestGroup group = _router.Group(Ordered("a", 0), Ordered("b", 1), Ordered("c", 2), Ordered("d", 3));
        Transport.On("a", FakeTransport.Throw(new HttpRequestException(HttpRequestError.ConnectionError, "refused")))
            .On("b", FakeTransport.Throw(new IOException("reset")))
            .On("c", FakeTransport.Throw(new TaskCanceledException("the transport's own timeout")))
            .On("d", FakeTransport.Text("hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal([FailureKind.ConnectionFailed, FailureKind.ConnectionFailed, FailureKind.Timeout, FailureKind.None], reply.Attempts.Select(attempt => attempt.Outcome));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, false)]
    [InlineData(HttpStatusCode.BadRequest, false)] // that of the deployment would end the call
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.OK, true)]
    [InlineData(HttpStatusCode.BadRequest, true)]
    public async Task An_answer_from_somewhere_else_is_none_and_a_refusal_is_none_either(HttpStatusCode status, bool stream)
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [Ordered("a", 0), Ordered("b", 1)], Cooldown = TimeSpan.FromSeconds(1) });
        Transport.On("a", (_, _) =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent("from elsewhere"), RequestMessage = new HttpRequestMessage(HttpMethod.Post, "https://elsewhere/chat") };
            response.Headers.Add(PlainCodec.RemainingHeader, "0");
            return Task.FromResult(response);
        }).On("b", stream ? FakeTransport.Events("hello", "[end]") : FakeTransport.Text("hello"));

        ChatResponse reply = stream ? await group.StreamAsync("Hi").ToChatResponseAsync() : await group.CompleteAsync("Hi");

        Assert.Equal("hello", reply.Text);
        Assert.Equal(["a", "b"], Transport.Asked);
        Assert.Equal(DeploymentHealth.CoolingDown, group.Status[0].Health);
        Assert.Equal(1, group.Status[0].Headroom); // What it says of limits is nobody's.
    }

    [Fact]
    public async Task What_an_answer_says_of_limits_counts()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", (_, _) =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("hello") };
            response.Headers.Add(PlainCodec.RemainingHeader, "25");
            return Task.FromResult(response);
        });
        await group.CompleteAsync("Hi");
        Assert.Equal(0.25, group.Status[0].Headroom, 2);
    }

    [Fact]
    public async Task Messages_that_cannot_be_written_are_the_callers_fault()
    {
        TestGroup group = _router.Group(2);
        var message = new Microsoft.Extensions.AI.ChatMessage { Contents = new ThrowingList() };

        await Assert.ThrowsAsync<ArgumentException>(() => group.CompleteAsync([message]));

        Assert.All(group.Status, status => Assert.Equal((DeploymentHealth.Healthy, 0), (status.Health, status.InFlight)));
    }

    private sealed class ThrowingList : System.Collections.ObjectModel.Collection<Microsoft.Extensions.AI.AIContent>, IList<Microsoft.Extensions.AI.AIContent>
    {
        int ICollection<Microsoft.Extensions.AI.AIContent>.Count => throw new FormatException("broken");
    }

    [Fact]
    public async Task A_redirect_is_no_answer_and_html_is_none_either()
    {
        TestGroup group = _router.Group(Ordered("a", 0), Ordered("b", 1), Ordered("c", 2));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TemporaryRedirect, ""))
            .On("b", FakeTransport.Respond(HttpStatusCode.OK, "<html>Sign in</html>", mediaType: "text/html"))
            .On("c", FakeTransport.Text("hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal([FailureKind.InvalidResponse, FailureKind.InvalidResponse, FailureKind.None], reply.Attempts.Select(attempt => attempt.Outcome));
    }

    private static DeploymentDefinition Ordered(string name, int order) => TestRouter.Deployment(name, order: order);
}
