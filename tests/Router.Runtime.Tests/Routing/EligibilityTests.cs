using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>Who is asked, in whole calls on virtual time. An answer of the plain dialect costs 10 × 1 + 5 × 2 = 20 millionths of a USD.</summary>
public class EligibilityTests
{
    private readonly TestRouter _router = new();

    public EligibilityTests() => _router.Transport.On("a", FakeTransport.Text("a")).On("b", FakeTransport.Text("b")).On("c", FakeTransport.Text("c"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_those_are_asked_that_a_call_demands()
    {
        TestGroup group = _router.Group(Make("a", tags: ["free"]), Make("b", tags: ["paid"], region: "eu"), Make("c", share: 0.5));
        for (int i = 0; i < 6; i++) Assert.Equal("b", (await group.CompleteAsync("Hello", new CallOptions { Tags = ["PAID"] }, cancellationToken: Cancellation)).Text);
        for (int i = 0; i < 6; i++) Assert.Equal("a", (await group.CompleteAsync("Hello", new CallOptions { ExcludedTags = ["paid"] }, cancellationToken: Cancellation)).Text);
        for (int i = 0; i < 6; i++) Assert.Equal("b", (await group.CompleteAsync("Hello", new CallOptions { Region = "eu" }, cancellationToken: Cancellation)).Text);
        for (int i = 0; i < 20; i++) await group.CompleteAsync("Hello", cancellationToken: Cancellation);
        Assert.DoesNotContain("c", _router.Transport.Asked); // A shadow answers nobody.
    }

    [Fact]
    public async Task A_demand_that_nobody_meets_is_told_and_nothing_is_sent()
    {
        TestGroup group = _router.Group();
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hello", new CallOptions { Tags = ["paid"] }, cancellationToken: Cancellation));
        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.Equal("Model group 'test' could not answer: no deployment has the tag 'paid'.", failure.Message);
        Assert.Null(failure.RetryAfter);
        Assert.Empty(_router.Transport.Asked);
    }

    [Fact]
    public async Task A_fallback_group_that_meets_it_takes_over()
    {
        TestGroup group = _router.Group(Make("a"));
        group.General = [_router.Group(new GroupDefinition { Name = "other", Deployments = [Make("b"), Make("c", tags: ["paid"])] })];
        Assert.Equal("c", (await group.CompleteAsync("Hello", new CallOptions { Tags = ["paid"] }, cancellationToken: Cancellation)).Text);
        Assert.Equal(["c"], _router.Transport.Asked);
    }

    [Fact]
    public async Task Whom_a_call_does_not_suit_does_not_answer_when_the_others_fail()
    {
        _router.Transport.On("b", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"));
        TestGroup group = _router.Group(Make("a"), Make("b", tags: ["paid"]));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hello", new CallOptions { Tags = ["paid"] }, cancellationToken: Cancellation));
        Assert.Equal(FailureKind.AuthenticationFailed, failure.Kind);
        Assert.Equal(["b"], _router.Transport.Asked);
    }

    [Fact]
    public async Task A_long_prompt_goes_to_a_window_that_holds_it()
    {
        TestGroup group = _router.Group(Make("a", window: 100), Make("b", window: 1_000));
        string prompt = new('x', 2_000);
        for (int i = 0; i < 6; i++) Assert.Equal("b", (await group.CompleteAsync(prompt, cancellationToken: Cancellation)).Text);
        await group.CompleteAsync(new string('x', 8_000), cancellationToken: Cancellation); // Nobody's is large enough: the providers decide.
    }

    [Fact]
    public async Task A_spent_budget_sends_calls_elsewhere_until_the_next_period()
    {
        TestGroup group = _router.Group(Make("a", order: 0, budget: 0.00005m), Make("b", order: 1));
        _router.Time.Advance(TimeSpan.FromSeconds(10));
        List<string> answers = [];
        for (int i = 0; i < 5; i++) answers.Add(await Ask(group));
        Assert.Equal(["a", "a", "a", "b", "b"], answers);

        BudgetStatus spend = group.Deployments[0].Status.Spend;
        Assert.Equal(new BudgetStatus(0.00006m, 0.00005m, BudgetPeriod.Minute, TimeSpan.FromSeconds(50)), spend);
        Assert.True(spend.IsSpent);
        Assert.Equal(0.00010m, group.Spend.Spent);
        Assert.Equal([DeploymentHealth.OutOfBudget, DeploymentHealth.Healthy], group.Status.Select(static status => status.Health));
        Assert.StartsWith("a: out of budget ($0.00006 of $0.00005 spent, resets in 50 s), 0 in flight", group.Status[0].ToString());

        _router.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        Assert.Equal("a", await Ask(group));
    }

    [Fact]
    public async Task A_spent_budget_of_a_group_is_told_with_the_time_of_the_next()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [Make("a"), Make("b")], Budget = 0.00002m, BudgetPeriod = BudgetPeriod.Hour });
        await Ask(group);
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Ask(group));
        Assert.Equal(FailureKind.QuotaExhausted, failure.Kind);
        Assert.Equal(TimeSpan.FromHours(1), failure.RetryAfter);
        Assert.Contains("Model group 'test' has spent its budget of 0.00002 USD for this hour", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("a: out of budget (its group's is spent), 0 in flight", group.Status[0].ToString());

        _router.Time.Advance(TimeSpan.FromHours(1));
        await Ask(group);
    }

    [Fact]
    public async Task A_call_waits_for_a_period_that_begins_before_its_deadline()
    {
        TestGroup group = _router.Group(Make("a", budget: 0.00002m));
        await Ask(group);
        Task<string> waiting = Ask(group);
        Assert.False(waiting.IsCompleted);
        _router.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("a", await waiting);
    }

    [Fact]
    public async Task A_spent_budget_holds_nobody_back_who_pays_with_a_key_of_their_own()
    {
        TestGroup group = _router.Group(Make("a", budget: 0.00002m));
        await Ask(group);
        var own = new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = "sk-callers-own-key" } };
        Assert.Equal("a", (await group.CompleteAsync("Hello", own, cancellationToken: Cancellation)).Text);
        Assert.Equal(0.00002m, group.Spend.Spent);
    }

    [Fact]
    public async Task Streams_are_counted_at_their_end_and_mended_where_they_are_cut()
    {
        _router.Transport.On("a", FakeTransport.Events("one", "two", "[end]"), FakeTransport.Events("one ", "two three four"));
        TestGroup group = _router.Group(Make("a", tpm: 6_000));
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hello", cancellationToken: Cancellation))
        {
        }

        Assert.Equal(0.00002m, group.Spend.Spent);
        double before = group.Deployments[0].Headroom;
        var options = new ChatOptions { MaxOutputTokens = 598 };
        await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in group.StreamAsync("Hello", options, Cancellation))
            {
            }
        });
        Assert.Equal(0.00003m, group.Spend.Spent);  // The provider reported nothing: 2 tokens of input and 4 of output, as estimated,
        Assert.Equal(before - 0.1, group.Deployments[0].Headroom, 3); // and of the limit the estimate of 600 tokens stands.
    }

    [Theory]
    [InlineData(0.00003, "[usage]", "0123456789012345", "and 40 characters in all")]  // 10 tokens of input were counted, and more was written than the 5 that were
    [InlineData(0.00002, "[usage]", "little")]                                        // less was written than was counted
    public async Task A_stream_that_its_caller_leaves_costs_what_was_written_by_then(double spent, params string[] events)
    {
        _router.Transport.On("a", FakeTransport.Stream(new StallingStream(string.Concat(events.Select(static text => $"data: {text}\n\n")))));
        TestGroup group = _router.Group(Make("a"));
        var observed = new List<long?>();
        group.Policy = new Observing(observed.Add);
        int left = events.Length;
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hello", cancellationToken: Cancellation))
        {
            if (--left == 0) break;
        }

        Assert.Equal((decimal)spent, group.Spend.Spent);
        Assert.Equal([5], observed); // Policies learn from what was counted alone.
    }

    [Fact]
    public async Task What_was_counted_before_the_first_content_is_spent_whatever_ends_the_attempt()
    {
        var silent = new StallingStream("data: [usage]\n\n");
        _router.Transport.On("a", FakeTransport.Stream(silent)).On("b", FakeTransport.Events("hello", "[end]"));
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [Make("a"), Make("b", order: 1)], FirstTokenTimeout = TimeSpan.FromSeconds(5) });
        Task<List<ChatResponseUpdate>> reading = group.StreamAsync("Hello", cancellationToken: Cancellation).ToListAsync().AsTask();
        await silent.Stalled;
        _router.Time.Advance(TimeSpan.FromSeconds(5));
        await reading;
        Assert.Equal(0.00002m, group.Status[0].Spend.Spent);

        silent = new StallingStream("data: [usage]\n\n");
        _router.Transport.On("a", FakeTransport.Stream(silent));
        _router.Time.Advance(TimeSpan.FromMinutes(1)); // A new period.
        using var caller = new CancellationTokenSource();
        reading = group.StreamAsync("Hello", cancellationToken: caller.Token).ToListAsync().AsTask();
        await silent.Stalled;
        await caller.CancelAsync();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(caller.Token, cancelled.CancellationToken);
        Assert.Equal(0.00002m, group.Status[0].Spend.Spent);
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Fact]
    public async Task A_session_keeps_to_its_deployment_also_while_that_drains()
    {
        TestGroup group = _router.Group(3);
        var home = new CallOptions { SessionKey = "user-1" };
        string first = (await group.CompleteAsync("Hello", home, cancellationToken: Cancellation)).Text;
        for (int i = 0; i < 5; i++) Assert.Equal(first, (await group.CompleteAsync("Hello", home, cancellationToken: Cancellation)).Text);

        group[first].Drain();
        Assert.Equal(first, (await group.CompleteAsync("Hello", home, cancellationToken: Cancellation)).Text);
        for (int i = 0; i < 10; i++) Assert.NotEqual(first, await Ask(group));
        group[first].Disable();
        Assert.NotEqual(first, (await group.CompleteAsync("Hello", home, cancellationToken: Cancellation)).Text);
        group[first].Enable();
        Assert.Equal(first, (await group.CompleteAsync("Hello", home, cancellationToken: Cancellation)).Text);
    }

    private sealed class Observing(Action<long?> see) : SelectionPolicy
    {
        public override int Pick(in SelectionContext context) => 0;

        public override void Observe(in AttemptObservation observation) => see(observation.OutputTokens);
    }

    private static async Task<string> Ask(TestGroup group) => (await group.CompleteAsync("Hello", cancellationToken: Cancellation)).Text;

    private static DeploymentDefinition Make(
        string name, string[]? tags = null, string? region = null, int window = 0, double share = 0, int order = 0, decimal? budget = null, int tpm = 0) => new()
    {
        Name = name,
        Provider = "plain",
        Model = name,
        Endpoint = $"https://{name}",
        KeyVariable = "KEY",
        Codec = new PlainCodec(),
        Prices = new ModelPrices(1m, 2m),
        Tags = tags ?? [],
        Region = region,
        ModelLimits = new(ContextWindow: window > 0 ? window : null),
        MirrorShare = share,
        Order = order,
        Tpm = tpm,
        Budget = budget,
        BudgetPeriod = BudgetPeriod.Minute,
    };
}
