namespace RouterGen.Runtime.Tests;

public class ReportedHeadroomTests
{
    private const long Now = 123 * TimeSpan.TicksPerSecond;

    private ReportedHeadroom _headroom;

    [Fact]
    public void Where_nothing_was_reported_all_is_left() => Assert.Equal(1, _headroom.At(0));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.000001, 0.001)]
    public void A_report_holds_until_its_limit_is_whole(double reported, double expected)
    {
        _headroom.Note(Now, reported, TimeSpan.FromSeconds(5));
        Assert.Equal(expected, _headroom.At(Now), 3);
        Assert.Equal(expected, _headroom.At(Now + TimeSpan.FromSeconds(4.999).Ticks), 3);
        Assert.Equal(1, _headroom.At(Now + TimeSpan.FromSeconds(5).Ticks));
    }

    [Fact]
    public void No_report_holds_for_more_than_a_minute()
    {
        _headroom.Note(Now, 0, TimeSpan.MaxValue);
        Assert.Equal(0, _headroom.At(Now + TimeSpan.FromSeconds(59.9).Ticks));
        Assert.Equal(1, _headroom.At(Now + TimeSpan.FromSeconds(60).Ticks));
    }

    [Fact]
    public void The_last_report_counts()
    {
        _headroom.Note(Now, 0, TimeSpan.FromSeconds(50));
        _headroom.Note(Now, 1, TimeSpan.FromSeconds(1));
        Assert.Equal(1, _headroom.At(Now));
    }

    [Fact]
    public void Nobody_sees_half_of_a_report()
    {
        long broken = 0;
        Threads.RunTogether(4, thread =>
        {
            for (int i = 0; i < 50_000; i++)
            {
                // Short reports say that nothing is left, long ones that a half is: nothing else may be read of the later time.
                if (thread % 2 == 0) _headroom.Note(Now, i % 2 == 0 ? 0 : 0.5, TimeSpan.FromSeconds(i % 2 == 0 ? 1 : 30));
                else if (_headroom.At(Now + TimeSpan.FromSeconds(10).Ticks) is var seen && seen != 1 && Math.Abs(seen - 0.5) > 0.001) Interlocked.Increment(ref broken);
            }
        });
        Assert.Equal(0, broken);
    }
}
