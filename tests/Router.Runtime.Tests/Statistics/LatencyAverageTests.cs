namespace RouterGen.Runtime.Tests;

public class LatencyAverageTests
{
    private static readonly long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void The_unseen_is_taken_to_be_fast_and_its_first_sample_is_believed()
    {
        var average = new LatencyAverage();
        Assert.False(average.IsKnown);
        Assert.Equal(50, average.Value);
        Assert.Equal(0, average.FadedAt(1000 * Second));
        Assert.False(average.IsStale(1000 * Second));
        average.Add(800, 0);
        Assert.True(average.IsKnown);
        Assert.Equal(800, average.Value);
    }

    [Fact]
    public void Bad_news_counts_a_fifth_and_good_news_an_eighth()
    {
        LatencyAverage average = Of(1000);
        average.Add(200, 0);
        Assert.Equal(900, average.Value, 0.01);
        average.Add(1400, 0);
        Assert.Equal(1000, average.Value, 0.01);
        average.Add(200, 0);
        Assert.Equal(800, average.Value, 0.01); // A quarter, where the last sample is in doubt.
    }

    [Fact]
    public void Good_news_counts_more_the_longer_there_was_none()
    {
        LatencyAverage average = Of(1000);
        average.Add(200, 15 * Second);
        Assert.Equal(600, average.Value, 1.0);
        average.Add(100, 60 * Second);
        Assert.Equal(100, average.Value, 0.01);
    }

    [Fact]
    public void A_straggler_counts_as_five_times_the_average()
    {
        LatencyAverage average = Of(1000);
        average.Add(1_000_000, 0);
        Assert.Equal(1800, average.Value, 0.01);

        LatencyAverage fast = Of(0);
        fast.Add(1000, 0);
        Assert.Equal(0.2 * 250, fast.Value, 0.1); // Five times the unseen at least, or nothing could ever rise again.
    }

    [Fact]
    public void It_fades_once_it_is_stale()
    {
        LatencyAverage average = Of(3000);
        Assert.Equal(3000, average.FadedAt(30 * Second), 0.01);
        Assert.False(average.IsStale(30 * Second));
        Assert.True(average.IsStale(30 * Second + Second / 10));
        Assert.Equal(750, average.FadedAt(60 * Second), 2.0);
        Assert.Equal(3000f / 9, average.FadedAt(90 * Second), 1.0);
        Assert.Equal(3000, average.Value);
    }

    [Fact]
    public void Silence_is_counted_from_the_last_sample()
    {
        Assert.Equal(float.PositiveInfinity, new LatencyAverage().SilenceAt(Second));
        LatencyAverage average = Of(900);
        Assert.Equal(2000, average.SilenceAt(2 * Second), 15.0);
        average.Add(900, 2 * Second);
        Assert.Equal(0, average.SilenceAt(2 * Second), 15.0);
    }

    [Fact]
    public void Samples_that_come_out_of_order_and_clocks_that_jump_back_do_no_harm()
    {
        LatencyAverage average = Of(900, 100 * Second);
        Assert.Equal(900, average.FadedAt(0));
        Assert.False(average.IsStale(0));
        average.Add(400, 50 * Second);
        Assert.Equal(900 - 0.125 * 500, average.Value, 0.01);
    }

    [Fact]
    public void Threads_lose_no_sample()
    {
        // Equal samples above the average: n of them lead to the same number in whatever order they come.
        LatencyAverage alone = Of(1000);
        for (int i = 0; i < 16; i++) alone.Add(1100, 0);
        var shared = new LatencyAverage[] { Of(1000) };
        Threads.RunTogether(16, _ => shared[0].Add(1100, 0));
        Assert.Equal(alone.Value, shared[0].Value);
    }

    /// <summary>One about which there are no doubts.</summary>
    private static LatencyAverage Of(float sample, long now = 0)
    {
        var average = new LatencyAverage();
        for (int i = 0; i < 4; i++) average.Add(sample, now);
        return average;
    }
}
