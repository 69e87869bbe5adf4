namespace RouterGen.Runtime.Tests;

public class PendingWaitsTests
{
    private static readonly long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void The_mean_is_over_those_who_wait()
    {
        var waits = new PendingWaits();
        Assert.Equal(0, waits.MeanAt(Second));
        waits.Begin(Second);
        waits.Begin(3 * Second);
        Assert.Equal(2000, waits.MeanAt(4 * Second), 1.0);
        waits.End(Second);
        Assert.Equal(1000, waits.MeanAt(4 * Second), 1.0);
        waits.End(3 * Second);
        Assert.Equal(0, waits.MeanAt(4 * Second));
    }

    [Fact]
    public void A_clock_that_jumps_back_makes_no_wait_negative()
    {
        var waits = new PendingWaits();
        waits.Begin(100 * Second);
        Assert.Equal(0, waits.MeanAt(50 * Second));
    }

    [Fact]
    public void It_counts_right_after_months_and_with_many_who_wait()
    {
        long start = 200L * 24 * 3600 * Second;
        var waits = new PendingWaits();
        for (int i = 0; i < 100_000; i++) waits.Begin(start);
        Assert.Equal(5000, waits.MeanAt(start + 5 * Second), 1.0);
        for (int i = 0; i < 99_999; i++) waits.End(start);
        Assert.Equal(5000, waits.MeanAt(start + 5 * Second), 1.0);
    }

    [Fact]
    public void Threads_lose_nobody()
    {
        var waits = new PendingWaits[1];
        Threads.RunTogether(16, thread =>
        {
            for (int i = 0; i < 1000; i++)
            {
                waits[0].Begin(thread * Second);
                waits[0].End(thread * Second);
            }

            waits[0].Begin(20 * Second);
        });
        Assert.Equal(1000, waits[0].MeanAt(21 * Second), 1.0);
    }
}
