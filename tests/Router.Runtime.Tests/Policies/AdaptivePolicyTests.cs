using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class AdaptivePolicyTests
{
    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;
    private readonly AdaptivePolicy _policy = new(new RandomSource(1));

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
    public void A_busy_one_is_avoided_and_a_declared_concurrency_says_what_busy_is()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"), Subjects.Definition("c", maxConcurrency: 100));
        Occupy(deployments[0], 12);
        Assert.Equal(0, Picks(deployments, 100)[0]);
        Occupy(deployments[1], 12);
        Occupy(deployments[2], 12);
        Assert.Equal([0, 0, 100], Picks(deployments, 100));
        Assert.Equal(2 * AdaptivePolicy.Score(Make(Subjects.Definition())[0], true, 0), AdaptivePolicy.Score(deployments[0], true, 0), 0.001);
    }

    [Fact]
    public void One_that_is_short_of_its_limit_is_avoided()
    {
        Deployment[] deployments = Make(Subjects.Definition("a", rpm: 10), Subjects.Definition("b"));
        float all = AdaptivePolicy.Score(deployments[0], true, 0);
        Assert.Equal(100, all, 0.01);
        for (int i = 0; i < 5; i++) Leave(Enter(deployments[0]), deployments[0], 50);
        Assert.Equal(100 * (1 + 0.35 * (1 / 0.6 - 1 / 1.1)), AdaptivePolicy.Score(deployments[0], true, 0), 0.1);
        for (int i = 0; i < 5; i++) Leave(Enter(deployments[0]), deployments[0], 50);
        Assert.Equal(100 * (1 + 0.35 * (10 - 1 / 1.1)), AdaptivePolicy.Score(deployments[0], true, 0), 0.1);
    }

    [Fact]
    public void A_weight_makes_a_deployment_look_so_many_times_faster()
    {
        Deployment[] deployments = Make(Subjects.Definition("a", weight: 4), Subjects.Definition("b"));
        Assert.Equal(25, AdaptivePolicy.Score(deployments[0], true, 0), 0.01);
        Assert.Equal([100, 0], Picks(deployments, 100));
    }

    [Fact]
    public void One_that_was_left_alone_for_being_slow_is_asked_again_by_one_call()
    {
        Deployment[] deployments = Make(Subjects.Definition("a"), Subjects.Definition("b"));
        Answers(deployments[0], 300);
        Answers(deployments[1], 2000);
        _time.Advance(TimeSpan.FromSeconds(60));
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

    private Deployment[] Make(params DeploymentDefinition[] definitions) => Subjects.Deployments(_context, definitions);

    private int[] Picks(Deployment[] deployments, int calls, bool stream = true)
    {
        int[] picks = new int[deployments.Length];
        int[] eligible = [.. Enumerable.Range(0, deployments.Length)];
        CallProfile call = Subjects.Call(stream: stream);
        for (int i = 0; i < calls; i++) picks[_policy.Pick(new SelectionContext(deployments, eligible, call, Now))]++;
        return picks;
    }

    private static Lease Enter(Deployment deployment, bool stream = true)
    {
        Assert.True(deployment.TryEnter(0, Subjects.Call(stream: stream), out Lease lease));
        return lease;
    }

    private static void Occupy(Deployment deployment, int times)
    {
        for (int i = 0; i < times; i++) Enter(deployment);
    }

    /// <summary>The deployment answers, as if it had been asked so many milliseconds ago.</summary>
    private void Answers(Deployment deployment, double milliseconds, bool stream = true) => Leave(Enter(deployment, stream), deployment, milliseconds);

    private void Leave(Lease lease, Deployment deployment, double milliseconds)
    {
        lease = lease with { Entered = Now - TimeSpan.FromMilliseconds(milliseconds).Ticks };
        deployment.Leave(lease, new AttemptReport { FirstContentAt = lease.IsStreaming ? Now : null });
    }
}
