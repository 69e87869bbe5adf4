using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class DeploymentPickerTests
{
    private static readonly CallProfile Any = Subjects.Call(tokens: 10);

    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;
    private CallQueue? _queue;
    private Deployment[] _deployments = [];

    public DeploymentPickerTests() => _context = Subjects.Context(_time);

    [Fact]
    public void Only_the_lowest_order_that_has_anyone_is_picked_from()
    {
        Picking picker = Among(Subjects.Definition("a", order: 2), Subjects.Definition("b", order: 1), Subjects.Definition("c", order: 1), Subjects.Definition("d", order: 3));
        Assert.Equal(["b", "c"], PickMany(picker));

        Cool(1, 10);
        Assert.Equal(["c"], PickMany(picker));
        Cool(2, 10);
        Assert.Equal(["a"], PickMany(picker));
        Cool(0, 10);
        Assert.Equal(["d"], PickMany(picker));

        _time.Advance(TimeSpan.FromSeconds(11));
        string[] probes = [.. Pick(picker), .. Pick(picker)]; // Each probes once, then the next order's turn comes.
        Assert.Equal(["b", "c"], probes.Order());
        Assert.Equal(["a"], Pick(picker));
    }

    [Fact]
    public void Negative_and_extreme_orders_are_orders_too()
    {
        Picking picker = Among(Subjects.Definition("a", order: int.MaxValue), Subjects.Definition("b"), Subjects.Definition("c", order: int.MinValue));
        Assert.Equal(["c"], PickMany(picker));
        Cool(2, 10);
        Assert.Equal(["b"], PickMany(picker));
        Cool(1, 10);
        Assert.Equal(["a"], PickMany(picker));
    }

    [Fact]
    public void The_excluded_are_not_picked_and_not_waited_for()
    {
        Picking picker = Among(Subjects.Definition("a"), Subjects.Definition("b"));
        DeploymentSet excluded = default;
        excluded.Add(0);
        Assert.Equal(["b"], PickMany(picker, excluded));
        Assert.True(picker.HasEligible(new PickFilter(excluded, 0), Now));

        excluded.Add(1);
        Assert.False(picker.TryPick(new PickFilter(excluded, 0), Now, out _, out _, out long returnsAt));
        Assert.Equal(long.MaxValue, returnsAt);
        Assert.Equal(long.MaxValue, picker.FirstReturn(new PickFilter(excluded, 0), Now));
        Assert.False(picker.HasEligible(new PickFilter(excluded, 0), Now));
    }

    [Fact]
    public void Where_a_larger_window_is_demanded_those_known_to_be_too_small_are_left_out()
    {
        Picking picker = Among(Subjects.Definition("unknown"), Subjects.Definition("small", contextWindow: 8_000), Subjects.Definition("large", contextWindow: 128_000));
        Assert.Equal(["large", "small", "unknown"], PickMany(picker));
        Assert.Equal(["large", "unknown"], PickMany(picker, longerThan: 8_000));
        Assert.Equal(["large", "small", "unknown"], PickMany(picker, longerThan: 7_999));
        Assert.Equal(["unknown"], PickMany(picker, longerThan: 128_000));

        // A prompt that was too long for a window of 300,000 is too long for one of 400,000 that takes 272,000 of input.
        Picking limited = Among(Subjects.Definition("limited", contextWindow: 400_000, inputLimit: 272_000), Subjects.Definition("large", contextWindow: 320_000));
        Assert.Equal(["large"], PickMany(limited, longerThan: 300_000));
        Assert.Equal(["large", "limited"], PickMany(limited, longerThan: 271_999));

        Picking known = Among(Subjects.Definition("small", contextWindow: 8_000), Subjects.Definition("large", contextWindow: 128_000));
        Assert.False(known.TryPick(new PickFilter(default, LongerThan: 128_000), Now, out _, out _, out long returnsAt));
        Assert.Equal(long.MaxValue, returnsAt);
    }

    [Fact]
    public void Where_none_can_it_tells_when_the_first_returns()
    {
        Picking picker = Among(Subjects.Definition("a", order: 0), Subjects.Definition("b", order: 1));
        Cool(0, 25);
        Cool(1, 20);
        AssertReturns(picker, 20);

        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(["b"], Pick(picker));
        AssertReturns(picker, 25);

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["a"], Pick(picker));
        AssertReturns(picker, 30); // Both probe: b for so long by then that another one may.
    }

    [Fact]
    public void A_limit_returns_with_time_and_a_full_deployment_with_a_signal()
    {
        Picking limited = Among(Subjects.Definition("a", rpm: 2));
        Assert.Equal(["a"], Pick(limited));
        Assert.Equal(["a"], Pick(limited));
        AssertReturns(limited, 30);

        Picking tokens = Among(Subjects.Definition("b", tpm: 20));
        Assert.Equal(["b"], Pick(tokens));
        Assert.Equal(["b"], Pick(tokens));
        AssertReturns(tokens, 30);

        _queue = Subjects.QueueOf(_context, out FakeWaitingCall onlooker);
        Picking full = Among(Subjects.Definition("c", maxConcurrency: 1));
        Assert.True(full.TryPick(default, Now, out Deployment picked, out Lease lease, out _));
        Assert.False(full.TryPick(default, Now, out _, out _, out long returnsAt));
        Assert.Equal(CircuitBreaker.OnSignal, returnsAt);
        int looks = onlooker.Looks;
        picked.Leave(lease, default);
        Assert.True(onlooker.Looks > looks);
        Assert.Equal(["c"], Pick(full));
    }

    [Fact]
    public void One_without_its_key_never_returns()
    {
        Picking picker = Among(Subjects.Definition("a", keyVariable: "MISSING"), Subjects.Definition("b"));
        Assert.Equal(["b"], PickMany(picker));
        Cool(1, 5);
        AssertReturns(picker, 5);

        picker = Among(Subjects.Definition("a", keyVariable: "MISSING"));
        Assert.False(picker.TryPick(default, Now, out _, out _, out long returnsAt));
        Assert.Equal(long.MaxValue, returnsAt);
    }

    [Fact]
    public void Among_more_than_64_all_are_reached()
    {
        Picking picker = Among([.. Enumerable.Range(0, 150).Select(static index => Subjects.Definition($"d{index}"))]);
        DeploymentSet excluded = default;
        for (int i = 0; i < 150; i++)
        {
            Assert.True(picker.TryPick(new PickFilter(excluded, 0), Now, out Deployment picked, out _, out _));
            Assert.False(excluded.Contains(picked.Index));
            excluded.Add(picked.Index);
        }

        Assert.False(picker.HasEligible(new PickFilter(excluded, 0), Now));
    }

    [Fact]
    public void Threads_never_enter_more_than_there_is_room_for()
    {
        Picking picker = Among(Subjects.Definition("a", maxConcurrency: 3), Subjects.Definition("b", rpm: 50), Subjects.Definition("c", maxConcurrency: 2, rpm: 1000));
        int[] entered = new int[3];
        Threads.RunTogether(16, _ =>
        {
            for (int i = 0; i < 20; i++)
            {
                if (picker.TryPick(default, 0, out Deployment picked, out Lease _, out long _)) Interlocked.Increment(ref entered[picked.Index]);
            }
        });
        Assert.Equal([3, 50, 2], entered);
        Assert.Equal([3, 50, 2], _deployments.Select(static deployment => deployment.Status.InFlight));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(64)]
    public void A_pick_allocates_nothing(int count)
    {
        Picking picker = Among([.. Enumerable.Range(0, count).Select(static index => Subjects.Definition($"d{index}", rpm: 100_000, tpm: 10_000_000, maxConcurrency: 4))]);
        AttemptReport used = Subjects.Used(12);
        Run(10);
        long least = long.MaxValue;
        for (int i = 0; i < 5 && least > 0; i++) // A garbage collection that other tests bring about may empty the pool of arrays.
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(1000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Run(int calls)
        {
            for (int i = 0; i < calls; i++)
            {
                if (picker.TryPick(default, 0, out Deployment picked, out Lease lease, out _)) picked.Leave(lease, used);
            }
        }
    }

    private long Now => _context.Clock.Now;

    [Fact]
    public void It_tells_who_fits_and_who_of_them_comes_back_in_time()
    {
        Picking picker = Among(Subjects.Definition("ready"), Subjects.Definition("free"), Subjects.Definition("cools"), Subjects.Definition("full", maxConcurrency: 1), Subjects.Definition("keyless", keyVariable: "MISSING"));
        Cool(2, 10);
        Assert.True(_deployments[3].TryEnter(Now, Any, out _));

        Assert.Equal([0, 1, 2, 3, 4], Indexes(picker.Fitting(default)));
        Assert.Equal([0, 1, 3], Indexes(picker.ReturningBy(TimeSpan.FromSeconds(9.9).Ticks, default, Now)));
        Assert.Equal([0, 1, 2, 3], Indexes(picker.ReturningBy(TimeSpan.FromSeconds(10).Ticks, default, Now)));

        DeploymentSet excluded = default;
        excluded.Add(1);
        Assert.Equal([0, 2, 3, 4], Indexes(picker.Fitting(new PickFilter(excluded, 0))));

        static IEnumerable<int> Indexes(DeploymentSet set) => Enumerable.Range(0, 10).Where(index => set.Contains(index));
    }

    private Picking Among(params DeploymentDefinition[] definitions)
    {
        _deployments = Subjects.Deployments(_context, _queue, definitions);
        return new Picking(new DeploymentPicker(_deployments), new WeightedPolicy(_context.Random));
    }

    private void Cool(int index, double seconds) => _deployments[index].Breakers.Outage.Fail(Now + TimeSpan.FromSeconds(seconds).Ticks, probe: false);

    private string[] Pick(Picking picker) => picker.TryPick(default, Now, out Deployment picked, out _, out _) ? [picked.Name] : [];

    /// <summary>The names of those who are picked in a hundred calls, each left again.</summary>
    private List<string> PickMany(Picking picker, DeploymentSet excluded = default, int longerThan = 0)
    {
        var names = new SortedSet<string>();
        for (int i = 0; i < 100; i++)
        {
            Assert.True(picker.TryPick(new PickFilter(excluded, longerThan), Now, out Deployment picked, out Lease lease, out _));
            names.Add(picked.Name);
            picked.Leave(lease, default);
        }

        return [.. names];
    }

    private void AssertReturns(Picking picker, double second)
    {
        long expected = TimeSpan.FromSeconds(second).Ticks;
        Assert.False(picker.TryPick(default, Now, out _, out _, out long returnsAt));
        Assert.Equal(expected, returnsAt);
        Assert.Equal(expected, picker.FirstReturn(default, Now));
        Assert.False(picker.HasEligible(default, expected - 1));
        Assert.True(picker.HasEligible(default, expected));
    }

    /// <summary>A picker that is asked for the same call each time, and chooses by weight.</summary>
    private sealed class Picking(DeploymentPicker picker, SelectionPolicy policy)
    {
        public bool TryPick(PickFilter choice, long now, out Deployment picked, out Lease lease, out long returnsAt) =>
            picker.TryPick(policy, Any, choice, now, out picked, out lease, out returnsAt);

        public bool HasEligible(PickFilter choice, long now) => picker.HasEligible(Any, choice, now);

        public DeploymentSet Fitting(PickFilter choice) => picker.Fitting(Any, choice);

        public DeploymentSet ReturningBy(long deadline, PickFilter choice, long now) => picker.ReturningBy(deadline, Any with { Patience = deadline }, choice, now);

        public long FirstReturn(PickFilter choice, long now) => picker.FirstReturn(Any, choice, now);
    }
}
