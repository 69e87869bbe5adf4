using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Deployments that are changed while calls run.</summary>
public sealed class LiveControlTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_draining_deployment_takes_only_calls_that_name_it()
    {
        TestGroup group = _router.Group(2);
        Transport.On("a", FakeTransport.Text("a")).On("b", FakeTransport.Text("b"));
        Deployment a = group["a"];

        a.Drain();
        for (int i = 0; i < 4; i++) Assert.Equal("b", (await group.CompleteAsync("Hi")).Text);
        Assert.Equal("a", (await group.CompleteAsync("Hi", new CallOptions { Deployment = "a" })).Text);
        Assert.Equal(DeploymentHealth.Drained, a.Status.Health);

        a.Disable();
        Assert.Equal(DeploymentHealth.Disabled, a.Status.Health);
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { Deployment = "a" }));
        Assert.Equal(FailureKind.NotConfigured, failure.Kind);
        Assert.Contains("a: not used, because it is disabled", failure.Message);
        Assert.Null(failure.RetryAfter);

        a.Enable();
        Assert.Equal(DeploymentHealth.Healthy, a.Status.Health);
        Assert.Equal("a", (await group.CompleteAsync("Hi", new CallOptions { Deployment = "a" })).Text);
    }

    [Fact]
    public async Task A_group_without_anyone_in_service_fails_at_once_and_says_why()
    {
        TestGroup group = _router.Group(2);
        group["a"].Drain();
        group["b"].Disable();

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.NotConfigured, failure.Kind);
        Assert.Contains("a: not used, because it is drained", failure.Message);
        Assert.Contains("b: not used, because it is disabled", failure.Message);
        Assert.Empty(Transport.Asked);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_drain_ends_with_the_last_call(bool cancelled)
    {
        TestGroup group = _router.Group(2);
        Transport.On("a", FakeTransport.Hang(out Task reached)).On("b", FakeTransport.Text("b"));
        using var caller = new CancellationTokenSource();
        Task<RoutedResponse> call = group.CompleteAsync("Hi", new CallOptions { Deployment = "a" }, cancellationToken: caller.Token);
        await reached;
        using var operation = new CancellationTokenSource();

        Task drained = group["a"].DrainAsync(operation.Token);
        Assert.False(drained.IsCompleted);
        Assert.Equal((DeploymentHealth.Draining, 1), (group.Status[0].Health, group.Status[0].InFlight));
        if (cancelled)
        {
            await operation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drained);
            drained = group["a"].DrainAsync(CancellationToken.None);
        }

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await drained;
        Assert.Equal(DeploymentHealth.Drained, group.Status[0].Health);
        Assert.True(group["a"].DrainAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Who_waits_for_a_drain_is_told_that_it_was_called_off()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Hang(out Task reached));
        using var caller = new CancellationTokenSource();
        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: caller.Token);
        await reached;
        Task drained = group["a"].DrainAsync(CancellationToken.None);

        group["a"].Enable();

        await Assert.ThrowsAsync<InvalidOperationException>(() => drained);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public void No_call_slips_past_a_drain()
    {
        RouterContext context = Subjects.Context(TimeProvider.System); // no other goes on by itself
        for (int round = 0; round < 300; round++)
        {
            Deployment deployment = Subjects.Deployments(context, Subjects.Definition())[0];
            bool drained = false;
            int late = 0;
            Threads.RunTogether(3, thread =>
            {
                if (thread == 0)
                {
                    deployment.DrainAsync(CancellationToken.None).GetAwaiter().GetResult();
                    Volatile.Write(ref drained, true);
                    return;
                }

                for (int i = 0; i < 50; i++)
                {
                    bool before = Volatile.Read(ref drained);
                    if (!deployment.TryEnter(0, Subjects.Call(), out Lease lease)) continue;
                    if (before || Volatile.Read(ref drained)) Interlocked.Increment(ref late);
                    deployment.Leave(lease, default);
                }
            });
            Assert.Equal(0, late);
            Assert.Equal(DeploymentHealth.Drained, deployment.Status.Health);
        }
    }

    [Fact]
    public async Task Weights_take_effect_with_the_next_pick()
    {
        TestGroup group = _router.Group(new GroupDefinition
        {
            Name = "test",
            Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b")],
            Strategy = RoutingStrategy.Weighted,
        });
        Transport.On("a", FakeTransport.Text("a")).On("b", FakeTransport.Text("b"));
        group["a"].SetWeight(9);
        Assert.Equal((9, 9), (group["a"].Weight, group.Status[0].Weight));

        int a = 0;
        for (int i = 0; i < 1000; i++) a += (await group.CompleteAsync("Hi")).Deployment == "a" ? 1 : 0;

        Assert.InRange(a, 895, 905);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e308)]
    [InlineData(1_000_001)]
    [InlineData(1e-60)]
    [InlineData(0.000_000_9)]
    public void What_is_no_weight_is_refused(double weight)
    {
        Deployment deployment = _router.Group(1)["a"];
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => deployment.SetWeight(weight));
        Assert.Equal(1, deployment.Weight);
    }

    [Fact]
    public void The_smallest_and_the_largest_weight_share_as_any_others_do()
    {
        Deployment[] deployments = Subjects.Deployments(_router.Context, Subjects.Definition("a"), Subjects.Definition("b"));
        foreach (double weight in (double[])[0.000_001, 1_000_000])
        {
            foreach (Deployment deployment in deployments) deployment.SetWeight(weight);
            Assert.All(new WeightedPolicy(new RandomSource(1)).Picks(deployments, 100, 0), static picks => Assert.InRange(picks, 49, 51));
            Assert.All(new AdaptivePolicy(deployments[0].Table, new RandomSource(1)).Picks(deployments, 100, 0), static picks => Assert.InRange(picks, 30, 70));
        }
    }

    [Fact]
    public void What_is_no_limit_is_refused()
    {
        Deployment deployment = _router.Group(TestRouter.Deployment("a", rpm: 5))["a"];
        Assert.Throws<ArgumentOutOfRangeException>("rpm", () => deployment.SetLimits(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("tpm", () => deployment.SetLimits(1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("maxConcurrency", () => deployment.SetLimits(1, 1, int.MinValue));
        Assert.Equal((5, null, null), (deployment.Status.Rpm, deployment.Status.Tpm, deployment.Status.MaxConcurrency));
    }

    [Fact]
    public async Task A_call_that_waits_is_woken_when_a_limit_is_lifted()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 1));
        Transport.On("a", FakeTransport.Text("hello"));
        await group.CompleteAsync("1");
        Task<RoutedResponse> waiting = group.CompleteAsync("2");
        Assert.Equal(1, _router.Context.QueueGate.Waiting);

        group["a"].SetLimits(null, null, null);

        Assert.Equal(TimeSpan.Zero, (await _router.RunAsync(waiting)).Duration);
        Assert.Null(group.Status[0].Rpm);
    }

    [Fact]
    public async Task A_call_that_waits_is_woken_when_a_deployment_is_enabled()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 1), TestRouter.Deployment("b"));
        Transport.On("a", FakeTransport.Text("a")).On("b", FakeTransport.Text("b"));
        group["b"].Disable();
        await group.CompleteAsync("1");
        Task<RoutedResponse> waiting = group.CompleteAsync("2");
        Assert.Equal(1, _router.Context.QueueGate.Waiting);

        group["b"].Enable();

        Assert.Equal("b", (await _router.RunAsync(waiting)).Text);
    }

    [Fact]
    public async Task A_call_that_waits_for_a_deployment_that_is_disabled_gives_up()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 1));
        Transport.On("a", FakeTransport.Text("a"));
        await group.CompleteAsync("1");
        Task<RoutedResponse> waiting = group.CompleteAsync("2");

        group["a"].Disable();

        Assert.Equal(FailureKind.NotConfigured, (await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(waiting))).Kind);
    }

    [Fact]
    public async Task What_was_used_of_a_limit_stays_used()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 10));
        Transport.On("a", FakeTransport.Text("a"));
        for (int i = 0; i < 6; i++) await group.CompleteAsync("Hi");
        Assert.Equal(0.4, group.Status[0].Headroom, 6);

        group["a"].SetLimits(8, null, null);
        for (int i = 0; i < 2; i++) await group.CompleteAsync("Hi");
        Assert.Equal(0, group.Status[0].Headroom, 6);

        // Less than was used already: an empty bucket, no debt.
        group["a"].SetLimits(2, null, null);
        Assert.Equal(TimeSpan.FromSeconds(30), (await _router.RunAsync(group.CompleteAsync("Hi"))).Duration);
    }

    [Fact]
    public async Task Fewer_places_than_calls_under_way_let_nobody_in_until_there_is_room()
    {
        TestGroup group = _router.Group(1);
        var answers = new TaskCompletionSource<HttpResponseMessage>[3];
        for (int i = 0; i < 3; i++) answers[i] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Transport.On("a", (_, _) => answers[0].Task, (_, _) => answers[1].Task, (_, _) => answers[2].Task);
        Task<RoutedResponse> one = group.CompleteAsync("1");
        Task<RoutedResponse> two = group.CompleteAsync("2");

        group["a"].SetLimits(null, null, 1);
        Task<RoutedResponse> three = group.CompleteAsync("3");
        Answer(0);
        await one;
        Assert.Equal(2, Transport.Asked.Count);
        Answer(1);
        await two;
        Answer(2);
        await _router.RunAsync(three);

        Assert.Equal(0, group.Status[0].InFlight);

        void Answer(int index) => answers[index].SetResult(new HttpResponseMessage { Content = new StringContent("hello") });
    }

    [Fact]
    public async Task A_limit_of_tokens_that_is_set_later_counts_requests()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("a")); // 15 tokens
        await group.CompleteAsync("Hi");
        group["a"].SetLimits(null, 60, null);
        for (int i = 0; i < 4; i++) Assert.Equal(TimeSpan.Zero, (await group.CompleteAsync("Hi")).Duration);

        Assert.True((await _router.RunAsync(group.CompleteAsync("Hi"))).Duration > TimeSpan.Zero);
    }

    [Fact]
    public async Task Who_waits_for_one_that_is_disabled_fails_at_once_though_others_wait_for_another()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", concurrency: 1), TestRouter.Deployment("b", concurrency: 1));
        Transport.On("a", FakeTransport.Hang(out _)).On("b", FakeTransport.Hang(out _));
        Task[] first = [Ask("a", 600), Ask("b", 600)];
        Task another = Ask("a", 30);
        Task disabled = Ask("b", 500);

        group["b"].Disable();
        _router.Time.Advance(TimeSpan.Zero);

        Assert.Equal(FailureKind.NotConfigured, (await Assert.ThrowsAsync<RoutingException>(() => disabled)).Kind);
        Assert.False(another.IsCompleted);
        Assert.All(first, static call => Assert.False(call.IsCompleted));

        Task Ask(string deployment, int seconds) => group.CompleteAsync("Hi", new CallOptions { Deployment = deployment, Timeout = TimeSpan.FromSeconds(seconds) });
    }

    [Fact]
    public async Task A_draining_deployment_keeps_its_sessions_for_ten_minutes()
    {
        TestGroup group = _router.Group(2);
        Transport.On("a", FakeTransport.Text("a")).On("b", FakeTransport.Text("b"));
        var session = new CallOptions { SessionKey = "user-1" };
        string home = (await group.CompleteAsync("Hi", session)).Text;
        await group[home].DrainAsync();

        _router.Time.Advance(TimeSpan.FromMinutes(9));
        group[home].Drain(); // It does so already.
        Assert.Equal(home, (await group.CompleteAsync("Hi", session)).Text);
        _router.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(home, (await group.CompleteAsync("Hi", session)).Text);
        Assert.Equal(home, (await group.CompleteAsync("Hi", new CallOptions { Deployment = home })).Text);

        group[home].Enable();
        Assert.Equal(home, (await group.CompleteAsync("Hi", session)).Text);
        group[home].Drain();
        Assert.Equal(home, (await group.CompleteAsync("Hi", session)).Text);
    }

    [Fact]
    public void A_drain_that_ends_with_a_refusal_is_told_by_whoever_moves_the_time()
    {
        var told = new List<(DeploymentChangeKind, int)>();
        _router.Changed = change => told.Add((change.Kind, Environment.CurrentManagedThreadId));
        Deployment deployment = _router.Group(1)["a"];
        deployment.Table.Enter(0);
        deployment.Drain();
        deployment.Table.Leave(0); // It ends while another one, for a moment, is counted as well.
        Assert.False(deployment.TryEnter(0, Subjects.Call(), out _));
        Assert.DoesNotContain(told, static change => change.Item1 is DeploymentChangeKind.Drained); // A lock may be held.

        _router.Time.Advance(TimeSpan.Zero);

        Assert.Contains((DeploymentChangeKind.Drained, Environment.CurrentManagedThreadId), told);
    }

    [Fact]
    public void Changes_from_many_threads_are_all_kept()
    {
        Deployment deployment = _router.Group(1)["a"];
        Threads.RunTogether(4, thread =>
        {
            for (int i = 1; i <= 2000; i++)
            {
                if (thread == 0) deployment.SetWeight(i);
                else if (thread == 1) deployment.SetLimits(i, i, i);
                else if (thread == 2) deployment.Disable();
                else deployment.ReturnsAt(0, 1);
            }
        });
        DeploymentStatus status = deployment.Status;
        Assert.Equal((2000, 2000, 2000, 2000, DeploymentHealth.Disabled), (status.Weight, status.Rpm, status.Tpm, status.MaxConcurrency, status.Health));
    }

    [Fact]
    public async Task A_status_tells_how_a_deployment_does()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 4), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Text("hello"), FakeTransport.Respond(System.Net.HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20")).On("b", FakeTransport.Text("b"));
        await group.CompleteAsync("1");
        Assert.Equal("a: healthy, 0 in flight, 1 calls, 0 failed, answers in 0 ms (p95 0), 75 % of its limits left", group.Status[0].ToString());
        await group.CompleteAsync("2");

        DeploymentStatus status = group.Status[0];

        Assert.Equal((2, 1, FailureKind.RateLimited), (status.Calls, status.Failures, status.LastFailure));
        Assert.Equal(VirtualTime.Start.AddSeconds(20), status.CooldownUntil);
        Assert.Equal("a: cooling down for another 20.0 s after RateLimited, 0 in flight, 2 calls, 1 failed, answers in 0 ms (p95 0), 50 % of its limits left", status.ToString());
        Assert.Equal("b: healthy, 0 in flight, 1 calls, 0 failed, answers in 0 ms (p95 0)", group.Status[1].ToString());
        group["a"].Disable();
        Assert.StartsWith("a: disabled, cools down for another 20.0 s", group.Status[0].ToString());
    }
}
