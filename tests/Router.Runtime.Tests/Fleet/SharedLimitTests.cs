namespace RouterGen.Runtime.Tests;

/// <summary>A limit a minute that instances share: what they let in together.</summary>
public class SharedLimitTests
{
    private readonly FleetHarness _fleet = new();

    [Theory]
    [InlineData(1, 600)]
    [InlineData(4, 60)]
    [InlineData(4, 6000)]
    [InlineData(8, 10)]
    [InlineData(32, 600)]
    public void Instances_let_in_together_what_one_would(int instances, int perMinute)
    {
        RateLimit[] limits = Limits(_fleet.Instances(instances), perMinute);
        int[] byMinute = Hammer(limits, minutes: 10, perSecond: perMinute / 60.0 * 3);

        // A minute's worth at once at the start, as from a full bucket, and then what comes back; and in any minute what was granted two seconds before it.
        int slices = Math.Max(instances, perMinute / 30);
        int alone = instances * Math.Max(1, perMinute / 12 / 8);
        Assert.All(byMinute.Skip(1), admitted => Assert.InRange(admitted, perMinute * 0.9, perMinute + slices));
        Assert.InRange(byMinute.Sum(), perMinute * 10 * 0.95, (perMinute * 11) + alone + slices);
    }

    [Fact]
    public void One_busy_instance_gets_nearly_all_while_the_others_sleep()
    {
        RateLimit[] limits = Limits(_fleet.Instances(8), 600);
        foreach (RateLimit limit in limits) limit.TryTake(Now, 1);
        int[] byMinute = Hammer([limits[0]], minutes: 5, perSecond: 30);
        Assert.All(byMinute.Skip(2), static admitted => Assert.InRange(admitted, 560, 620));
        Assert.InRange(byMinute.Sum(), 5 * 560, (6 * 600) + 20);
    }

    [Fact]
    public void While_the_store_is_gone_each_goes_on_with_its_part_and_afterwards_they_hold_together_again()
    {
        RateLimit[] limits = Limits(_fleet.Instances(4), 600);
        Hammer(limits, minutes: 2, perSecond: 40);
        _fleet.IsGone = static _ => true;
        int[] gone = Hammer(limits, minutes: 5, perSecond: 40);
        Assert.InRange(gone[0], 450, 600 + (4 * (600 / 12)));
        Assert.All(gone.Skip(1), static admitted => Assert.InRange(admitted, 540, 612));
        _fleet.IsGone = static _ => false;
        int[] back = Hammer(limits, minutes: 3, perSecond: 40);
        Assert.InRange(back[0], 400, 660);
        Assert.All(back.Skip(1), static admitted => Assert.InRange(admitted, 540, 612));
    }

    [Fact]
    public void An_instance_that_is_cut_off_takes_no_more_than_its_part()
    {
        RateLimit[] limits = Limits(_fleet.Instances(4), 600);
        Hammer(limits, minutes: 2, perSecond: 40);
        _fleet.IsGone = static instance => instance == "i000";
        int[] cut = Hammer([limits[0]], minutes: 3, perSecond: 20);
        Assert.All(cut.Skip(1), static admitted => Assert.InRange(admitted, 130, 160));
    }

    [Fact]
    public void Newcomers_that_reach_no_store_take_their_part_of_the_expected_size()
    {
        _fleet.IsGone = static _ => true;
        RateLimit[] limits = Limits(_fleet.Instances(64, expected: 64), 6400);
        int[] byMinute = Hammer(limits, minutes: 2, perSecond: 640);
        Assert.InRange(byMinute[0], 5000, 6400 + (64 * (100 / 12)) + 64);
        Assert.InRange(byMinute[1], 5000, 6464);
    }

    [Fact]
    public void Sixty_four_that_begin_at_once_exceed_nothing_by_more_than_their_slices()
    {
        RateLimit[] limits = Limits(_fleet.Instances(64), 640);
        int[] byMinute = Hammer(limits, minutes: 3, perSecond: 200);
        Assert.InRange(byMinute[0], 640, (2 * 640) + (64 * Math.Max(1, 640 / 12 / 8)));
        Assert.All(byMinute.Skip(1), static admitted => Assert.InRange(admitted, 570, 640 + 64));
    }

    [Fact]
    public void Lost_answers_let_nothing_in_twice()
    {
        RateLimit[] limits = Limits(_fleet.Instances(2), 600);
        Hammer(limits, minutes: 1, perSecond: 30);
        _fleet.LosesAnswers = true;
        _fleet.Time.Advance(TimeSpan.FromSeconds(3));
        _fleet.LosesAnswers = false;
        int[] after = Hammer(limits, minutes: 3, perSecond: 30);
        Assert.All(after, static admitted => Assert.InRange(admitted, 500, 640));
    }

    [Fact]
    public void A_large_call_is_let_in_by_a_full_limit_and_paid_for()
    {
        RateLimit[] limits = Limits(_fleet.Instances(4), 1000);
        foreach (RateLimit limit in limits) limit.TryTake(Now, 1);
        _fleet.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(WaitAndTake(limits[0], 800, TimeSpan.FromSeconds(2)));
        Assert.False(WaitAndTake(limits[1], 800, TimeSpan.FromSeconds(10)));
        Assert.True(WaitAndTake(limits[1], 800, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_large_call_now_and_then_finds_what_it_needs_without_asking()
    {
        RateLimit[] limits = Limits(_fleet.Instances(2), 100_000);
        Assert.True(WaitAndTake(limits[0], 5000, TimeSpan.FromSeconds(1)));
        for (int i = 0; i < 20; i++)
        {
            _fleet.Time.Advance(TimeSpan.FromSeconds(7));
            Assert.True(limits[0].TryTake(Now, 5000));
        }
    }

    [Fact]
    public void Tokens_that_were_estimated_too_low_are_paid_for_by_all()
    {
        RateLimit[] limits = Limits(_fleet.Instances(2), 6000);
        Hammer(limits, minutes: 1, perSecond: 10);
        limits[0].Adjust(6000, Now); // The provider counted a minute's worth more.
        _fleet.Time.Advance(TimeSpan.FromSeconds(2));
        int[] next = Hammer(limits, minutes: 1, perSecond: 200);
        Assert.InRange(next[0], 5000, 6600); // Nothing was left; without the correction twice as many would come in.
    }

    [Fact]
    public void At_steady_state_the_store_is_asked_about_once_a_second_whatever_the_load()
    {
        RateLimit[] limits = Limits(_fleet.Instances(2), 60_000);
        Hammer(limits, minutes: 1, perSecond: 600);
        int before = _fleet.Exchanges;
        Hammer(limits, minutes: 1, perSecond: 600);
        Assert.InRange(_fleet.Exchanges - before, 100, 150);
        Hammer(limits, minutes: 1, perSecond: 3000); // Three times the limit.
        before = _fleet.Exchanges;
        Hammer(limits, minutes: 1, perSecond: 3000);
        Assert.InRange(_fleet.Exchanges - before, 100, 150);
    }

    [Fact]
    public void A_store_that_hangs_holds_nothing_up()
    {
        RateLimit[] limits = Limits(_fleet.Instances(2), 600);
        Hammer(limits, minutes: 1, perSecond: 5);
        _fleet.Hangs = true;
        int[] hanging = Hammer(limits, minutes: 2, perSecond: 5);
        Assert.All(hanging, static admitted => Assert.InRange(admitted, 299, 301));
        _fleet.Hangs = false;
        Assert.All(Hammer(limits, minutes: 2, perSecond: 5), static admitted => Assert.InRange(admitted, 299, 301));
    }

    [Fact]
    public async Task What_an_instance_gives_back_at_its_end_others_take_at_once()
    {
        RouterFleet[] instances = _fleet.Instances(2);
        RateLimit[] limits = Limits(instances, 600);
        Hammer(limits, minutes: 1, perSecond: 8);
        limits[0].Adjust(-100, Now); // A hundred that were taken and are not used.
        await instances[0].DisposeAsync();
        StoreReport last = _fleet.Reports.Last(static report => report.Instance == "i000");
        Assert.True(last.IsLast);
        Assert.InRange(Assert.Single(last.Rates).Returned, 100, 200);
        Assert.Equal(["i001"], (await _fleet.InstancesAsync("default", TestContext.Current.CancellationToken)).Select(static one => one.Id));
    }

    [Fact]
    public void A_limit_that_is_not_used_is_asked_for_no_longer()
    {
        RateLimit[] limits = Limits(_fleet.Instances(1), 600);
        Hammer(limits, minutes: 1, perSecond: 5);
        _fleet.Time.Advance(TimeSpan.FromSeconds(90));
        Assert.Empty(_fleet.Reports[^1].Rates);
        Assert.True(limits[0].TryTake(Now, 1)); // And is there all the same.
    }

    private long Now => _fleet.Time.Elapsed.Ticks;

    private static RateLimit[] Limits(RouterFleet[] fleet, int perMinute) => [.. fleet.Select(one => new RateLimit(perMinute, one.Rate("limit", perMinute)))];

    /// <summary>Tries that often a second, in turns, and counts what is let in, minute by minute.</summary>
    private int[] Hammer(RateLimit[] limits, int minutes, double perSecond)
    {
        int[] admitted = new int[minutes];
        int turn = 0;
        int tries = (int)(minutes * 60 * perSecond);
        TimeSpan start = _fleet.Time.Elapsed;
        for (int i = 0; i < tries; i++)
        {
            TimeSpan at = start + TimeSpan.FromSeconds(i / perSecond);
            if (at > _fleet.Time.Elapsed) _fleet.Time.Advance(at - _fleet.Time.Elapsed);
            if (limits[turn++ % limits.Length].TryTake(Now, 1)) admitted[Math.Min(minutes - 1, (int)((at - start).TotalMinutes))]++;
        }

        return admitted;
    }

    private bool WaitAndTake(RateLimit limit, int units, TimeSpan patience)
    {
        long end = Now + patience.Ticks;
        while (Now < end)
        {
            if (limit.TryTake(Now, units)) return true;
            _fleet.Time.Advance(new TimeSpan(Math.Clamp(limit.AdmitsAt(Now, units) - Now, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerSecond)));
        }

        return false;
    }
}
