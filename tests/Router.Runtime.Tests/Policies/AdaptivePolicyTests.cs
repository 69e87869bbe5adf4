using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class AdaptivePolicyTests
{
    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;
    private AdaptivePolicy _policy = null!;

    public AdaptivePolicyTests() => _context = Subjects.Context(_time);

    [Fact]
    public void The_fastest_is_asked()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"), Subjects.Definition("c"));
        Answers(deployments[0], 900);
        Answers(deployments[1], 300);
        Answers(deployments[2], 600);
        Assert.Equal([0, 100, 0], Picks(deployments, 100));
    }

    [Fact]
    public void The_unseen_is_asked_first()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"));
        Answers(deployments[0], 300);
        Assert.Equal([0, 10], Picks(deployments, 10));
    }

    [Fact]
    public void The_unseen_is_asked_first_also_where_others_answer_at_once()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"));
        Answers(deployments[0], 20);
        Assert.Equal([0, 10], Picks(deployments, 10));
    }

    [Fact]
    public void Streams_and_other_calls_are_measured_apart()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"));
        Answers(deployments[0], 300, stream: true);
        Answers(deployments[1], 600, stream: true);
        Answers(deployments[0], 5000, stream: false);
        Answers(deployments[1], 4000, stream: false);
        Assert.Equal([100, 0], Picks(deployments, 100, stream: true));
        Assert.Equal([0, 100], Picks(deployments, 100, stream: false));
    }

    [Fact]
    public void Equals_share_the_calls_at_random()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"), Subjects.Definition("c"));
        Assert.All(Picks(deployments, 3000), static count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void One_with_more_calls_in_flight_than_when_it_was_measured_is_reckoned_slower()
    {
        Deployment deployment = Make(Subjects.Definition("a"))[0];
        Answers(deployment, 300);
        Assert.Equal(350 * 16 / 17.0, Score(deployment), 0.5); // It was alone, and now there is nobody.
        Occupy(deployment, 18);
        Assert.Equal(350 * 34 / 17.0, Score(deployment), 0.5);
    }

    [Fact]
    public void A_load_that_was_measured_is_no_reason_to_leave_and_one_that_is_gone_is_one_to_return()
    {
        Deployment deployment = Make(Subjects.Definition("a"))[0];
        Occupy(deployment, 47);
        Answers(deployment, 300); // the 48th
        Assert.Equal(350 * 63 / 64.0, Score(deployment), 0.5);
        for (int i = 0; i < 47; i++) deployment.Leave(new Lease(0, Probes.None, 0, IsStreaming: true, InFlight: 1, IsCallersKey: false, IsTimed: true), default);
        Assert.Equal(350 / 2.0, Score(deployment), 0.5); // and not a quarter
    }

    [Fact]
    public void One_that_has_stalled_is_avoided_before_any_call_has_failed()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"));
        Answers(deployments[0], 300);
        Answers(deployments[1], 500);
        for (int i = 0; i < 4; i++) Enter(deployments[0]);
        Assert.Equal([10, 0], Picks(deployments, 10));
        _time.Advance(TimeSpan.FromSeconds(0.4)); // Twice as long is more than 500 ms.
        Assert.Equal([0, 10], Picks(deployments, 10));
    }

    [Fact]
    public void A_straggler_beside_answers_is_no_stall()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"));
        Answers(deployments[1], 500);
        Enter(deployments[0]);
        _time.Advance(TimeSpan.FromSeconds(1.5));
        Answers(deployments[0], 300);
        Assert.Equal([10, 0], Picks(deployments, 10));
    }

    [Fact]
    public void One_that_is_short_of_its_declared_concurrency_is_avoided()
    {
        Deployment[] deployments = Make(Subjects.Definition("a", maxConcurrency: 4), Subjects.Definition("b", maxConcurrency: 40));
        Occupy(deployments[0], 3);
        Occupy(deployments[1], 3);
        Assert.Equal([0, 10], Picks(deployments, 10));
    }

    [Fact]
    public void One_that_is_short_of_its_limit_is_avoided()
    {
        Deployment[] deployments = Make(Subjects.Definition("a", rpm: 10), Subjects.Definition("b"));
        Assert.Equal(50, Score(deployments[0]), 0.01);
        for (int i = 0; i < 5; i++) Answers(deployments[0], 50);
        Assert.Equal(100 * 16 / 17.0 * (1 + 0.35 * (1 / 0.6 - 1 / 1.1)), Score(deployments[0]), 0.1);
        for (int i = 0; i < 5; i++) Answers(deployments[0], 50);
        Assert.Equal(100 * 16 / 17.0 * (1 + 0.35 * (10 - 1 / 1.1)), Score(deployments[0]), 5.0);
    }

    [Fact]
    public void A_weight_makes_a_deployment_look_so_many_times_faster()
    {
        Deployment[] deployments = Make(Subjects.Definition("a", weight: 4), Subjects.Definition("b"));
        Assert.Equal(12.5, AdaptivePolicy.Score(deployments[0], true, 0), 0.01);
        Assert.Equal([100, 0], Picks(deployments, 100));
    }

    [Fact]
    public void One_that_was_left_alone_for_being_slow_is_asked_again_by_one_call()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"));
        Answers(deployments[0], 300);
        Answers(deployments[1], 2000);
        _time.Advance(TimeSpan.FromSeconds(120));
        Answers(deployments[0], 300);
        Assert.Equal([99, 1], Picks(deployments, 100)); // It looks like 125 ms, but once one is on its way the others wait for the news.

        _time.Advance(TimeSpan.FromSeconds(5.1)); // The one that was on its way has not come back.
        Assert.Equal([99, 1], Picks(deployments, 100));

        Answers(deployments[1], 100); // It has recovered, which is believed at once.
        Assert.Equal([0, 100], Picks(deployments, 100));
    }

    [Fact]
    public void Threads_send_one_call_to_a_stale_deployment()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"));
        Answers(deployments[1], 2000);
        _time.Advance(TimeSpan.FromSeconds(100));
        Answers(deployments[0], 300);
        int asked = 0;
        Threads.RunTogether(16, _ => Interlocked.Add(ref asked, Picks(deployments, 20)[1]));
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_pick_allocates_nothing()
    {
        Deployment[] deployments = Make([.. Enumerable.Range(0, 16).Select(static index => Subjects.Definition($"d{index}", rpm: 1000, tpm: 1000, maxConcurrency: 10))]);
        CallProfile call = Subjects.Call(stream: true);
        int[] eligible = [.. Enumerable.Range(0, 16)];
        Run(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            for (int i = 0; i < times; i++) _policy.Pick(new SelectionContext(deployments, eligible, call, Now));
        }
    }

    private long Now => _context.Clock.Now;

    private Deployment[] Make(params DeploymentDefinition[] definitions)
    {
        Deployment[] deployments = Subjects.Deployments(_context, definitions);
        _policy = new AdaptivePolicy(deployments[0].Table, new RandomSource(1));
        return deployments;
    }

    private int[] Picks(Deployment[] deployments, int calls, bool stream = true) => _policy.Picks(deployments, calls, Now, Subjects.Call(stream: stream));

    private float Score(Deployment deployment) => AdaptivePolicy.Score(deployment, streaming: true, Now);

    private Lease Enter(Deployment deployment, bool stream = true, double millisecondsAgo = 0)
    {
        Assert.True(deployment.TryEnter(Now - TimeSpan.FromMilliseconds(millisecondsAgo).Ticks, Subjects.Call(stream: stream), out Lease lease));
        return lease;
    }

    private void Occupy(Deployment deployment, int times)
    {
        for (int i = 0; i < times; i++) deployment.Enter(0);
    }

    /// <summary>The deployment answers, having been asked so many milliseconds ago.</summary>
    private void Answers(Deployment deployment, double milliseconds, bool stream = true)
    {
        Lease lease = Enter(deployment, stream, milliseconds);
        deployment.Leave(lease with { IsCold = false }, new AttemptReport { FirstContentAt = lease.IsStreaming ? Now : null });
    }
}
