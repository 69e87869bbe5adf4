using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class LowestLatencyPolicyTests
{
    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;
    private Deployment[] _deployments = [];

    public LowestLatencyPolicyTests() => _context = Subjects.Context(_time);

    [Fact]
    public void The_lowest_mean_is_asked()
    {
        SelectionPolicy policy = Among(3);
        Answers(0, 500, 100); // 300 in the mean
        Answers(1, 250);
        Answers(2, 1000, 1000);
        Assert.Equal([0, 100, 0], Picks(policy, 100));
        Answers(1, 400); // 325
        Assert.Equal([100, 0, 0], Picks(policy, 100));
    }

    [Fact]
    public void Streams_are_routed_by_their_first_token_and_calls_by_their_whole_time()
    {
        SelectionPolicy policy = Among(2);
        Answers(0, 200);
        Answers(1, 300);
        _deployments[0].Answer(9000, Now, stream: false);
        _deployments[1].Answer(4000, Now, stream: false);
        Assert.Equal([10, 0], Picks(policy, 10, stream: true));
        Assert.Equal([0, 10], Picks(policy, 10, stream: false));
    }

    [Fact]
    public void Those_within_the_tolerance_share()
    {
        SelectionPolicy policy = Among(3, tolerance: 0.2);
        Answers(0, 100);
        Answers(1, 119);
        Answers(2, 121);
        int[] picks = Picks(policy, 1000);
        Assert.Equal(0, picks[2]);
        Assert.InRange(picks[0], 420, 580);
    }

    [Fact]
    public void Each_unknown_one_is_measured_by_one_call()
    {
        SelectionPolicy policy = Among(4);
        Answers(0, 100);
        int[] picks = Picks(policy, 100);
        Assert.Equal([97, 1, 1, 1], picks);

        Answers(1, 50); // The news arrives, the others' does not.
        Assert.Equal([0, 100, 0, 0], Picks(policy, 100));
        _time.Advance(TimeSpan.FromSeconds(5.1));
        Assert.Equal([0, 98, 1, 1], Picks(policy, 100));
    }

    [Fact]
    public void While_nothing_is_known_the_load_is_levelled()
    {
        SelectionPolicy policy = Among(4);
        int[] eligible = [0, 1, 2, 3];
        for (int i = 0; i < 100; i++) _deployments[policy.PickOf(_deployments, eligible)].Enter(0);
        Assert.All(_deployments, static deployment => Assert.Equal(25, deployment.InFlight));
    }

    [Fact]
    public void What_was_measured_holds_for_its_time_and_is_then_measured_again()
    {
        SelectionPolicy policy = Among(2);
        Answers(0, 100);
        Answers(1, 500);
        for (int seconds = 10; seconds < 60; seconds += 10)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            Answers(0, 100);
            if (seconds <= 30) Assert.Equal([10, 0], Picks(policy, 10));
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([9, 1], Picks(policy, 10));
        Answers(1, 50); // What it was a minute ago does not count.
        Assert.Equal([0, 10], Picks(policy, 10));
    }

    [Fact]
    public void Failures_do_not_make_a_deployment_known_to_be_fast_but_timeouts_make_it_known_to_be_slow()
    {
        SelectionPolicy policy;
        foreach (FailureKind kind in new[] { FailureKind.RateLimited, FailureKind.InvalidRequest, FailureKind.AuthenticationFailed, FailureKind.Overloaded, FailureKind.ConnectionFailed })
        {
            policy = Among(2);
            Answers(0, 300);
            _deployments[1].Fail(kind, 1, Now);
            Assert.Equal([9, 1], Picks(policy, 10)); // It is still to be measured.
        }

        policy = Among(2);
        Answers(0, 300);
        _deployments[1].Fail(FailureKind.Timeout, 4000, Now);
        Assert.Equal([10, 0], Picks(policy, 10));
    }

    [Fact]
    public void Threads_measure_an_unknown_one_with_one_call()
    {
        SelectionPolicy policy = Among(2);
        Answers(0, 100);
        int measured = 0;
        Threads.RunTogether(16, _ => Interlocked.Add(ref measured, Picks(policy, 50)[1]));
        Assert.Equal(1, measured);
    }

    private long Now => _context.Clock.Now;

    private LowestLatencyPolicy Among(int count, double tolerance = 0)
    {
        DeploymentDefinition[] definitions = [.. Enumerable.Range(0, count).Select(static index => Subjects.Definition($"d{index}"))];
        _deployments = Subjects.Deployments(_context, definitions);
        return new LowestLatencyPolicy(new GroupDefinition { Name = "group", Deployments = definitions, LatencyTolerance = tolerance }, _deployments[0].Table, new RandomSource(1), measure: null);
    }

    private int[] Picks(SelectionPolicy policy, int calls, bool stream = true) => policy.Picks(_deployments, calls, Now, Subjects.Call(stream: stream));

    private void Answers(int index, params double[] milliseconds)
    {
        foreach (double one in milliseconds) _deployments[index].Answer(one, Now);
    }
}
