namespace RouterGen.Runtime.Tests;

/// <summary>What a latency average makes of first samples, of cold ones and of single bad ones.</summary>
public class DoubtTests
{
    private static readonly long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void A_cold_sample_is_provisional_and_a_warm_one_replaces_it()
    {
        var average = new LatencyAverage();
        average.Add(700, 0, isCold: true);
        Assert.True(average.IsKnown && average.IsProvisional && average.IsStale(0));
        Assert.Equal(700, average.Value, 0.01);
        Assert.Equal(0, average.FadedAt(0)); // It is to be measured.
        average.Add(800, Second, isCold: true);
        Assert.True(average.IsProvisional);
        average.Add(20, 2 * Second);
        Assert.False(average.IsProvisional);
        Assert.Equal(20, average.Value, 0.01);
    }

    [Fact]
    public void A_cold_sample_counts_where_it_is_faster_or_all_there_is()
    {
        LatencyAverage average = Of(100);
        Assert.Equal(0, average.Add(700, Second, isCold: true));
        Assert.Equal(100, average.Value, 0.01);
        Assert.NotEqual(0, average.Add(60, Second, isCold: true));
        Assert.InRange(average.Value, 60, 99);
        Assert.NotEqual(0, average.Add(700, 60 * Second, isCold: true)); // Calls that are so rare open a connection each.
        Assert.InRange(average.Value, 150, 700);

        var rare = new LatencyAverage();
        rare.Add(700, 0, isCold: true);
        rare.Add(650, 60 * Second, isCold: true);
        Assert.False(rare.IsProvisional);
        Assert.Equal(650, rare.Value, 0.01);
    }

    [Fact]
    public void The_first_samples_make_a_mean()
    {
        var average = new LatencyAverage();
        foreach (float sample in (float[])[400, 100, 100, 100]) average.Add(sample, 0);
        Assert.Equal(175, average.Value, 0.5);
    }

    [Fact]
    public void A_young_average_is_due_again_soon_and_looks_faster_then()
    {
        var average = new LatencyAverage();
        average.Add(100, 0);
        Assert.Equal(100, average.FadedAt(Second / 4), 0.01);
        Assert.False(average.IsStale(Second / 4));
        Assert.True(average.IsStale(Second));
        Assert.Equal(40, average.FadedAt(Second), 0.01);
        average.Add(100, Second);
        Assert.Equal(50, average.FadedAt(2 * Second), 0.01);
    }

    [Fact]
    public void A_sample_that_raises_the_average_is_doubted_until_the_next()
    {
        LatencyAverage average = Of(100);
        Assert.False(average.IsStale(Second));
        average.Add(500, 0);
        Assert.Equal(180, average.Value, 0.01);
        Assert.True(average.IsStale(2 * Second));
        Assert.Equal(120, average.FadedAt(2 * Second), 0.01);
        average.Add(500, 2 * Second);
        Assert.False(average.IsStale(3 * Second)); // The next sample confirmed it.
    }

    [Fact]
    public void Without_doubts_it_is_due_again_after_a_while()
    {
        LatencyAverage average = Of(100);
        Assert.Equal(100, average.FadedAt(Second), 0.01);
        Assert.True(average.IsStale(2 * Second));
        Assert.Equal(80, average.FadedAt(2 * Second), 0.01); // Only what is about as fast as the fastest is asked then.
        Assert.Equal(25, average.FadedAt(60 * Second), 0.1);
    }

    private static LatencyAverage Of(float sample)
    {
        var average = new LatencyAverage();
        for (int i = 0; i < 4; i++) average.Add(sample, 0);
        return average;
    }
}
