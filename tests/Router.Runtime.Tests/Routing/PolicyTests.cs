using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Who chooses in a group: what is declared, what code sets, what a call asks for; and what a policy of one's own may do wrong.</summary>
public sealed class PolicyTests
{
    private readonly RecordedLogs _logs = new();
    private readonly TestRouter _router;

    public PolicyTests()
    {
        _router = new TestRouter(logs: _logs);
        _router.Transport.On("a", FakeTransport.Text("from a")).On("b", FakeTransport.Text("from b")).On("c", FakeTransport.Text("from c"));
    }

    [Fact]
    public async Task A_policy_of_ones_own_decides_for_sessions_too_and_knows_where_they_belong()
    {
        TestGroup group = _router.Group(3);
        var session = new CallOptions { SessionKey = "user-1" };
        string home = await AskAsync(group, session);
        Assert.Equal(home, await AskAsync(group, session)); // as the strategy does it

        int? pinned = null;
        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            pinned = context.PinnedIndex;
            return context[0].Name == "a" ? 0 : 1;
        });
        Assert.Equal("a", await AskAsync(group, session));
        Assert.Equal(home, group.Deployments[pinned!.Value].Name);
        Assert.Equal("a", await AskAsync(group));
        Assert.Null(pinned);
    }

    [Fact]
    public async Task What_code_sets_goes_before_what_the_declaration_makes_and_that_before_the_strategy()
    {
        int made = 0;
        TestGroup group = _router.Group(3);
        group.Own = () =>
        {
            made++;
            return SelectionPolicy.Create(static (in SelectionContext _) => 1);
        };
        Assert.Null(group.Policy);
        Assert.Equal(0, made); // Not before it is needed.
        Assert.Equal("b", await AskAsync(group));
        Assert.Equal("b", await AskAsync(group));
        Assert.Equal(1, made);

        SelectionPolicy set = SelectionPolicy.Create(static (in SelectionContext _) => 2);
        group.Policy = set;
        Assert.Same(set, group.Policy);
        Assert.Equal("c", await AskAsync(group));
        group.Policy = null;
        Assert.Equal("b", await AskAsync(group));
    }

    [Fact]
    public async Task A_call_may_ask_for_a_strategy_of_its_own()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", weight: 1e9), TestRouter.Deployment("b", weight: 1));
        group.Policy = SelectionPolicy.Create(static (in SelectionContext _) => 1);
        Assert.Equal("b", await AskAsync(group));
        Assert.Equal("a", await AskAsync(group, new CallOptions { Strategy = RoutingStrategy.Weighted }));
        Assert.Equal("a", await AskAsync(group, new CallOptions { Strategy = RoutingStrategy.Default }));
        Assert.Equal("b", await AskAsync(group));
    }

    [Theory]
    [InlineData(RoutingStrategy.Default, 1, typeof(AdaptivePolicy))]
    [InlineData(RoutingStrategy.Default, 2, typeof(WeightedPolicy))]
    [InlineData(RoutingStrategy.Adaptive, 2, typeof(AdaptivePolicy))]
    [InlineData(RoutingStrategy.Weighted, 1, typeof(WeightedPolicy))]
    [InlineData(RoutingStrategy.LeastBusy, 1, typeof(LeastBusyPolicy))]
    [InlineData(RoutingStrategy.LowestLatency, 1, typeof(LowestLatencyPolicy))]
    [InlineData(RoutingStrategy.LowestUsage, 1, typeof(LowestUsagePolicy))]
    [InlineData(RoutingStrategy.LowestCost, 1, typeof(LowestCostPolicy))]
    [InlineData((RoutingStrategy)99, 1, typeof(AdaptivePolicy))]
    public void Each_strategy_has_its_policy(RoutingStrategy strategy, double weight, Type policy)
    {
        var definition = new GroupDefinition { Name = "group", Strategy = strategy, Deployments = [Subjects.Definition("a"), Subjects.Definition("b", weight)] };
        var group = new GroupState(_router.Context, definition, ChatBackground.Instance, static _ => [], static () => null);
        Assert.IsType(policy, group.Policy.For(null));
        Assert.Same(group.Policy.For(null), group.Policy.For(null));
        Assert.Same(group.Policy.For(RoutingStrategy.LeastBusy), group.Policy.For(RoutingStrategy.LeastBusy));
    }

    [Theory]
    [InlineData(RoutingStrategy.Weighted, typeof(WeightedPolicy))] // as emitted where weights are stated, alike or not
    [InlineData(RoutingStrategy.LeastBusy, typeof(LeastBusyPolicy))]
    [InlineData(RoutingStrategy.Default, typeof(AdaptivePolicy))]
    public void Default_is_what_the_declaration_says(RoutingStrategy declared, Type policy)
    {
        var definition = new GroupDefinition { Name = "group", Strategy = declared, Deployments = [Subjects.Definition("a"), Subjects.Definition("b")] };
        var group = new GroupState(_router.Context, definition, ChatBackground.Instance, static _ => [], static () => null);
        Assert.IsType(policy, group.Policy.For(RoutingStrategy.Default));
        Assert.Same(group.Policy.For(null), group.Policy.For(RoutingStrategy.Default));
    }

    [Fact]
    public void Each_member_of_the_enum_has_a_policy()
    {
        var definition = new GroupDefinition { Name = "group", Deployments = [Subjects.Definition("a"), Subjects.Definition("b")] };
        var group = new GroupState(_router.Context, definition, ChatBackground.Instance, static _ => [], static () => null);
        Type[] policies = [.. Enum.GetValues<RoutingStrategy>().Where(static strategy => strategy is not RoutingStrategy.Default).Select(strategy => group.Policy.For(strategy).GetType())];
        Assert.Equal(policies, policies.Distinct());
    }

    [Fact]
    public async Task A_policy_sees_the_call_and_the_live_figures()
    {
        TestGroup group = _router.Group(2);
        var seen = new List<string>();
        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            seen.Add($"{((ChatRequest)context.Request).Messages[0].Text} {((ChatRequest)context.Request).Options?.Temperature} {context.Routing.Properties["tier"]} {context.IsStreaming}");
            seen.AddRange([.. Describe(context)]);
            return 0;
        });
        var options = new ChatOptions { Temperature = 0.5f, AdditionalProperties = new() { [CallOptions.PropertyName] = new CallOptions { Properties = new Dictionary<string, object?> { ["tier"] = "gold" } } } };
        await group.CompleteAsync("Hi", options);
        Assert.Equal(["Hi 0.5 gold False", "a 0 1 1 (null)", "b 0 1 1 (null)"], seen);

        static List<string> Describe(in SelectionContext context)
        {
            var lines = new List<string>();
            for (int i = 0; i < context.Count; i++) lines.Add($"{context[i].Name} {context[i].InFlight} {context[i].Headroom} {context[i].Weight} {context[i].TimeToFirstToken?.ToString() ?? "(null)"}");
            return lines;
        }
    }

    [Fact]
    public async Task A_policy_that_throws_is_logged_once_a_minute()
    {
        TestGroup group = _router.Group(2);
        group.Policy = new Broken();
        for (int i = 0; i < 20; i++) await Assert.ThrowsAsync<RoutingException>(() => AskAsync(group));
        Assert.Equal([LogLevel.Error, LogLevel.Debug], _logs.Levels); // the exception itself is for Debug
        _router.Time.Advance(TimeSpan.FromSeconds(61));
        await Assert.ThrowsAsync<RoutingException>(() => AskAsync(group));
        Assert.Equal(2, _logs.Levels.Count(static level => level is LogLevel.Error));
    }

    [Fact]
    public async Task Each_attempt_with_a_verdict_is_observed_once()
    {
        TestGroup group = _router.Group(2);
        var policy = new Observing();
        group.Policy = policy;
        _router.Transport.On("a", FakeTransport.Respond(System.Net.HttpStatusCode.ServiceUnavailable, "busy"));
        await AskAsync(group);
        Assert.Equal(["a Overloaded ", "b None 10+5"], policy.Seen);

        policy.Seen.Clear();
        _router.Transport.On("b", FakeTransport.Events("hello", "[end]"));
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hi"))
        {
        }

        Assert.Equal(["b None 10+5 stream"], policy.Seen);
    }

    [Fact]
    public async Task What_the_caller_gave_up_is_not_observed()
    {
        TestGroup group = _router.Group(2);
        var policy = new Observing();
        group.Policy = policy;
        _router.Transport.On("a", FakeTransport.Hang(out Task reached));
        using var caller = new CancellationTokenSource();
        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: caller.Token);
        await reached;
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(policy.Seen);
    }

    [Fact]
    public void A_deployment_that_was_entered_but_not_asked_is_not_observed()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", concurrency: 1));
        var policy = new Observing();
        group.Policy = policy;
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        _router.Transport.On("a", (_, _) => slow.Task);
        Task first = group.CompleteAsync("Hi");
        using var caller = new CancellationTokenSource();
        Task waits = group.CompleteAsync("Hi", new CallOptions { Strategy = RoutingStrategy.LeastBusy }, cancellationToken: caller.Token);

        slow.SetResult(new HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new StringContent("done") });
        caller.Cancel(); // It has been let in by now, and not gone on yet.
        _router.Time.Advance(TimeSpan.Zero);

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(waits.IsCanceled);
        Assert.Single(policy.Seen);
    }

    private static async Task<string> AskAsync(TestGroup group, CallOptions? routing = null)
    {
        ChatOptions? options = routing is null ? null : new ChatOptions { AdditionalProperties = new() { [CallOptions.PropertyName] = routing } };
        return (await group.CompleteAsync("Hi", options)).Deployment;
    }

    /// <summary>Throws wherever it can.</summary>
    private sealed class Broken : SelectionPolicy
    {
        public override int Pick(in SelectionContext context) => throw new InvalidOperationException("no");

        public override void Observe(in AttemptObservation observation) => throw new InvalidOperationException("no");
    }

    private sealed class Observing : SelectionPolicy
    {
        public List<string> Seen { get; } = [];

        public override int Pick(in SelectionContext context) => 0;

        public override void Observe(in AttemptObservation observation)
        {
            string tokens = observation.InputTokens is null ? "" : $"{observation.InputTokens}+{observation.OutputTokens}";
            Seen.Add($"{observation.Deployment.Name} {observation.Outcome} {tokens}{(observation.IsStreaming ? " stream" : "")}");
        }
    }
}
