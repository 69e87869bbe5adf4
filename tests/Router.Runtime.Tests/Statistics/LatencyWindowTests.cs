namespace RouterGen.Runtime.Tests;

public class LatencyWindowTests
{
    private static readonly long Minute = TimeSpan.TicksPerMinute;

    [Fact]
    public void A_latency_holds_for_half_a_period_at_least_and_for_a_whole_one_at_most()
    {
        for (long at = 0; at < Minute; at += Minute / 12)
        {
            var window = new LatencyWindow();
            window.Add(700, LatencyWindow.HalfAt(at, Minute));
            Assert.True(window.TryMean(LatencyWindow.HalfAt(at + Minute / 2, Minute), out float mean));
            Assert.Equal(700, mean);
            Assert.False(window.TryMean(LatencyWindow.HalfAt(at + Minute, Minute), out _));
        }
    }

    [Fact]
    public void The_mean_is_of_both_halves()
    {
        var window = new LatencyWindow();
        window.Add(100, 7);
        window.Add(200, 7);
        window.Add(600, 8);
        Assert.True(window.TryMean(8, out float mean));
        Assert.Equal(300, mean, 0.01);
        Assert.True(window.TryMean(9, out mean));
        Assert.Equal(600, mean, 0.01);
        Assert.False(window.TryMean(10, out _));
        Assert.False(new LatencyWindow().TryMean(0, out _));
    }

    [Fact]
    public void The_numbers_of_halves_may_start_over()
    {
        int last = LatencyWindow.HalfAt((1L << 20) * 5 - 1, 10);
        int first = LatencyWindow.HalfAt((1L << 20) * 5, 10);
        Assert.Equal(0, first);
        var window = new LatencyWindow();
        window.Add(100, last);
        window.Add(300, first);
        Assert.True(window.TryMean(first, out float mean));
        Assert.Equal(200, mean, 0.01);
    }

    [Fact]
    public void A_million_samples_have_their_mean_too()
    {
        var window = new LatencyWindow();
        for (int i = 0; i < 1_000_000; i++) window.Add(i % 2 == 0 ? 100 : 300, 3);
        Assert.True(window.TryMean(3, out float mean));
        Assert.Equal(200, mean, 1.0);
    }

    [Fact]
    public void Threads_lose_no_sample()
    {
        var window = new LatencyWindow[1];
        Threads.RunTogether(16, number =>
        {
            for (int i = 0; i < 200; i++) window[0].Add(number * 100, 5);
        });
        Assert.True(window[0].TryMean(5, out float mean));
        Assert.Equal(750, mean, 0.5);
        window[0].Add(750 + 3201 * 10_000f, 5); // Tells how many there were.
        Assert.True(window[0].TryMean(5, out mean));
        Assert.Equal(10_750, mean, 1.5);
    }
}
