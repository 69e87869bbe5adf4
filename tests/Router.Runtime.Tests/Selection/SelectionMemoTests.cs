using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>What picks remember of deployments, and when they forget it.</summary>
public class SelectionMemoTests
{
    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;

    public SelectionMemoTests() => _context = Subjects.Context(_time);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    public void Words_hold_with_their_revision_and_from_their_value_on(int count)
    {
        DeploymentTable table = Make(count)[0].Table;
        var random = new Random(count);
        for (int i = 0; i < count * 3; i++) table.Invalidate(random.Next(count));
        const uint Salt = 0xDEADBEEF;
        long[] words = new long[count];
        for (int i = 0; i < count; i++) words[i] = RevisionWords.Word(random.Next(-50, 50), (table.RevisionOf(i) + (uint)random.Next(2)) ^ Salt);
        foreach (int least in new[] { int.MinValue, -1, 0, 7, int.MaxValue })
        {
            for (int first = 0; first < count; first += RevisionWords.Block)
            {
                ulong expected = 0;
                for (int i = first; i < Math.Min(count, first + RevisionWords.Block); i++)
                {
                    if ((uint)words[i] == (table.RevisionOf(i) ^ Salt) && RevisionWords.Value(words[i]) >= least) expected |= 1UL << (i - first);
                }

                Assert.Equal(expected, RevisionWords.Holding(words, table, first, Salt, least));
            }
        }
    }

    [Fact]
    public void Nothing_is_known_of_whom_nobody_has_looked_at()
    {
        var admissions = new AdmissionCache(Make(100)[0].Table);
        Assert.Equal(0UL, admissions.Holding(0, 0));
        Assert.Equal(0UL, admissions.Holding(64, 0));
    }

    [Fact]
    public void Whatever_happens_to_a_deployment_moves_its_revision_and_nobody_elses()
    {
        Deployment[] deployments = Make(2);
        Deployment deployment = deployments[0];
        Lease lease = default;
        Action[] happenings =
        [
            () => lease = deployment.Enter(_context.Clock.Now),
            () => lease = deployment.Confirm(lease, _context.Clock.Now, inputTokens: 1),
            () => deployment.Leave(lease, Subjects.Used(5)),
            () => deployment.Drain(),
            () => deployment.Enable(),
            () => deployment.SetWeight(7),
            () => deployment.SetLimits(1, 1, 1),
            () => Assert.True(deployment.TryInvite(streaming: true, _context.Clock.Now)),
            () => deployment.Fail(FailureKind.RateLimited, 10, _context.Clock.Now),
        ];
        uint other = deployments[1].Table.RevisionOf(1);
        foreach (Action happening in happenings)
        {
            uint before = deployment.Table.RevisionOf(0);
            happening();
            Assert.NotEqual(before, deployment.Table.RevisionOf(0));
        }

        Assert.Equal(other, deployments[1].Table.RevisionOf(1));
    }

    [Fact]
    public void A_figure_is_reckoned_again_when_something_happened_or_time_has_passed()
    {
        Deployment[] deployments = Make(3);
        var counted = new int[3];
        var memo = new FigureCache<Counting>(deployments[0].Table, new Counting(counted));
        CallProfile call = Subjects.Call();
        Look(now: 0);
        Look(now: 1);
        Assert.Equal([1, 1, 1], counted);

        deployments[1].Enter(0);
        Look(now: 2);
        Assert.Equal([1, 2, 1], counted);

        Look(now: TimeSpan.FromMilliseconds(14).Ticks);
        Assert.Equal([2, 3, 2], counted);

        void Look(long now)
        {
            Figures figures = memo.Of(new SelectionContext(deployments, [2, 1], call, now));
            Assert.Equal(2, figures.Count);
            Assert.Equal(counted[2], figures[0]);
            Assert.Equal(counted[1], figures[1]);
        }
    }

    [Fact]
    public void Settings_that_change_together_leave_what_holds_in_the_table()
    {
        Deployment[] deployments = Make(8);
        DeploymentTable table = deployments[0].Table;
        Threads.RunTogether(8, thread =>
        {
            for (int i = 1; i <= 200; i++) deployments[(thread + i) % 4].SetWeight(1 + (thread * 1000 + i) / 100.0);
        });
        for (int i = 0; i < 8; i++) Assert.Equal(deployments[i].Weight, table.Weight(i));
        Assert.Equal(deployments.Sum(static deployment => deployment.Weight), table.TotalWeight, 1e-9);
    }

    [Fact]
    public void Threads_that_come_and_go_leave_none_in_flight_and_lose_no_update()
    {
        Deployment[] deployments = Make(16);
        var picker = new DeploymentPicker(deployments);
        var policy = new AdaptivePolicy(deployments[0].Table, _context.Random);
        CallProfile call = Subjects.Call();
        Threads.RunTogether(16, _ =>
        {
            for (int i = 0; i < 2000; i++)
            {
                Assert.True(picker.TryPick(policy, call, default, _context.Clock.Now, out Deployment picked, out Lease lease, out long _));
                picked.Leave(lease, Subjects.Used(1));
            }
        });
        Assert.All(deployments, static deployment => Assert.Equal(0, deployment.InFlight));
        Assert.Equal(16 * 2000, deployments.Sum(static deployment => deployment.Status.Calls));
    }

    [Fact]
    public void Only_as_many_enter_as_a_limit_admits_however_many_threads_pick()
    {
        Deployment[] deployments = Subjects.Deployments(_context, [.. Enumerable.Range(0, 4).Select(static index => Subjects.Definition($"d{index}", rpm: 100, maxConcurrency: 90))]);
        var picker = new DeploymentPicker(deployments);
        var policy = new LeastBusyPolicy(_context.Random);
        CallProfile call = Subjects.Call();
        int entered = 0;
        Threads.RunTogether(16, _ =>
        {
            while (picker.TryPick(policy, call, default, _context.Clock.Now, out Deployment picked, out Lease lease, out long _)) Interlocked.Increment(ref entered);
        });
        Assert.Equal(4 * 90, entered);
    }

    private Deployment[] Make(int count) => Subjects.Deployments(_context, [.. Enumerable.Range(0, count).Select(static index => Subjects.Definition($"d{index}"))]);

    private readonly struct Counting(int[] counted) : IFigure
    {
        public float Of(Deployment deployment, long now) => ++counted[deployment.Index];
    }
}
