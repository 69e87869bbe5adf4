namespace RouterGen.Runtime.Tests;

public class RecentLatenciesTests
{
    [Fact]
    public void Quantiles_are_of_the_last_64()
    {
        var recent = new RecentLatencies();
        Assert.Null(recent.Quantile(0.5));
        Assert.Equal(0, recent.Longest);
        recent.Add(40);
        Assert.Equal(TimeSpan.FromMilliseconds(40), recent.Quantile(0.5));
        Assert.Equal(TimeSpan.FromMilliseconds(40), recent.Quantile(0.95));

        for (int i = 100; i > 0; i--) recent.Add(i);
        Assert.Equal(64, recent.Count);
        Assert.Equal(64, recent.Longest); // 64 … 1
        Assert.Equal(TimeSpan.FromMilliseconds(32), recent.Quantile(0.5));
        Assert.Equal(TimeSpan.FromMilliseconds(61), recent.Quantile(0.95));
        Assert.Equal(TimeSpan.FromMilliseconds(64), recent.Quantile(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), recent.Quantile(0.001));
    }

    [Fact]
    public void Threads_lose_no_sample()
    {
        var recent = new RecentLatencies();
        Threads.RunTogether(16, number =>
        {
            for (int i = 0; i < 4; i++) recent.Add(number * 4 + i + 1);
        });
        Assert.Equal(64, recent.Count);
        for (int rank = 1; rank <= 64; rank++) Assert.Equal(TimeSpan.FromMilliseconds(rank), recent.Quantile(rank / 64.0));
    }
}
