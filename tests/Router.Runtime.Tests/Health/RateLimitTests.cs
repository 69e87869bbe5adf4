namespace RouterGen.Runtime.Tests;

public class RateLimitTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public void A_minutes_worth_may_come_at_once_and_then_a_steady_rate()
    {
        var limit = new RateLimit(60);
        for (int i = 0; i < 60; i++) Assert.True(limit.TryTake(0, 1));
        Assert.False(limit.TryTake(0, 1));
        for (int second = 1; second <= 100; second++)
        {
            Assert.False(limit.TryTake(second * Second - 1, 1));
            Assert.True(limit.TryTake(second * Second, 1));
            Assert.False(limit.TryTake(second * Second, 1));
        }
    }

    [Fact]
    public void An_idle_minute_fills_it_and_no_longer_idleness_does_more()
    {
        var limit = new RateLimit(10);
        for (int i = 0; i < 10; i++) Assert.True(limit.TryTake(0, 1));
        int admitted = 0;
        while (limit.TryTake(TimeSpan.TicksPerDay, 1)) admitted++;
        Assert.Equal(10, admitted);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(60, 1)]
    [InlineData(3_500, 1)]
    [InlineData(30_000, 1234)]
    [InlineData(1_000_000, 777)]
    [InlineData(int.MaxValue, 100_000_000)]
    public void It_tells_the_very_tick_at_which_it_admits(int perMinute, int units)
    {
        var limit = new RateLimit(perMinute);
        long now = 12_345;
        for (int i = 0; i < 300; i++)
        {
            long at = limit.AdmitsAt(now, units);
            if (at > now)
            {
                Assert.False(limit.TryTake(now, units));
                Assert.False(limit.TryTake(at - 1, units));
                now = at;
            }

            Assert.True(limit.TryTake(now, units));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(59)]
    [InlineData(999)]
    public void Over_an_hour_it_admits_what_it_says_and_a_first_minutes_worth(int perMinute)
    {
        var limit = new RateLimit(perMinute);
        int admitted = 0;
        for (long now = 0; now <= TimeSpan.TicksPerHour; now = Math.Max(now, limit.AdmitsAt(now, 1)))
        {
            if (limit.TryTake(now, 1)) admitted++;
        }

        Assert.InRange(admitted, 61 * perMinute, 61 * perMinute + 1);
    }

    [Fact]
    public void A_request_larger_than_the_limit_waits_for_a_full_bucket_and_is_paid_for()
    {
        var limit = new RateLimit(100);
        Assert.True(limit.TryTake(0, 1));
        long full = limit.AdmitsAt(0, 250);
        Assert.Equal(TimeSpan.TicksPerMinute / 100, full);
        Assert.False(limit.TryTake(full - 1, 250));
        Assert.True(limit.TryTake(full, 250));

        // Two and a half minutes' worth: the first unit comes after one and a half.
        long next = limit.AdmitsAt(full, 1);
        Assert.Equal(full + TimeSpan.TicksPerMinute * 3 / 2 + TimeSpan.TicksPerMinute / 100, next);
    }

    [Fact]
    public void A_correction_takes_more_or_gives_back()
    {
        var limit = new RateLimit(60);
        Assert.True(limit.TryTake(0, 60));
        limit.Adjust(-20, 0);
        for (int i = 0; i < 20; i++) Assert.True(limit.TryTake(0, 1));
        Assert.False(limit.TryTake(0, 1));

        limit.Adjust(30, 0);
        Assert.Equal(31 * Second, limit.AdmitsAt(0, 1));
        limit.Adjust(-30, 0);
        Assert.Equal(Second, limit.AdmitsAt(0, 1));
    }

    [Fact]
    public void A_correction_long_after_the_estimate_is_taken_then()
    {
        var limit = new RateLimit(60_000);
        Assert.True(limit.TryTake(0, 100));
        limit.Adjust(29_900, 2 * TimeSpan.TicksPerMinute);
        Assert.Equal(0.5, limit.HeadroomAt(2 * TimeSpan.TicksPerMinute), 0.01);

        var untouched = new RateLimit(60_000);
        untouched.Adjust(15_000, 0);
        Assert.Equal(0.75, untouched.HeadroomAt(0), 9);
    }

    [Fact]
    public void Many_large_corrections_block_nobody_for_longer_than_an_hour()
    {
        var limit = new RateLimit(1000);
        for (int i = 0; i < 64; i++) Assert.True(limit.TryTake(0, 10));
        for (int i = 0; i < 64; i++) limit.Adjust(49_990, i);
        Assert.InRange(limit.AdmitsAt(64, 1), TimeSpan.FromMinutes(50).Ticks, TimeSpan.TicksPerHour);

        limit.Adjust(1, -TimeSpan.TicksPerDay); // an old time: what was taken stays taken
        Assert.InRange(limit.AdmitsAt(64, 1), TimeSpan.FromMinutes(50).Ticks, TimeSpan.TicksPerHour);
    }

    [Fact]
    public void Corrections_on_many_threads_lose_nothing()
    {
        var limit = new RateLimit(60_000);
        Threads.RunTogether(8, _ =>
        {
            for (int i = 0; i < 500; i++) limit.Adjust(10, 0);
        });
        Assert.Equal(1 - 40_000 / 60_000.0, limit.HeadroomAt(0), 6);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1_000_000_000_000)]
    public void An_absurd_correction_does_not_block_for_ever_nor_lift_the_limit(long units)
    {
        for (int times = 1; times <= 9; times++)
        {
            var limit = new RateLimit(1);
            Assert.True(limit.TryTake(0, 1));
            for (int i = 0; i < times; i++) limit.Adjust(units, 0);
            Assert.False(limit.TryTake(0, 1));
            Assert.InRange(limit.AdmitsAt(0, 1), 1, TimeSpan.TicksPerHour);

            limit = new RateLimit(1);
            for (int i = 0; i < times; i++) limit.Adjust(-units, 0);
            Assert.True(limit.TryTake(0, 1));
            Assert.False(limit.TryTake(0, 1));
        }
    }

    [Fact]
    public void Threads_lose_nothing()
    {
        var limit = new RateLimit(10_000);
        int admitted = 0;
        Threads.RunTogether(16, _ =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                if (limit.TryTake(0, 1)) Interlocked.Increment(ref admitted);
            }
        });
        Assert.Equal(10_000, admitted);

        Threads.RunTogether(16, _ =>
        {
            for (int i = 0; i < 100; i++) limit.Adjust(-1, 0);
        });
        while (limit.TryTake(0, 1)) admitted++;
        Assert.Equal(11_600, admitted);
    }

    [Fact]
    public void Headroom_is_what_could_be_taken_at_once()
    {
        var limit = new RateLimit(10);
        Assert.Equal(1, limit.HeadroomAt(0));
        limit.TryTake(0, 4);
        Assert.Equal(0.6, limit.HeadroomAt(0), 9);
        Assert.Equal(0.8, limit.HeadroomAt(TimeSpan.FromSeconds(12).Ticks), 9);
        limit.Adjust(1000, 0);
        Assert.Equal(0, limit.HeadroomAt(0));
        Assert.Equal(1, limit.HeadroomAt(TimeSpan.TicksPerDay));
    }

    [Theory]
    [InlineData(100, 94)]
    [InlineData(8, 2)]
    [InlineData(6, 0)]
    [InlineData(3, 0)]
    public void Another_limit_begins_with_what_was_taken_of_this_one(int perMinute, int left)
    {
        var before = new RateLimit(10);
        for (int i = 0; i < 6; i++) Assert.True(before.TryTake(1000, 1));

        RateLimit after = before.Changed(perMinute, 1000);

        Assert.Equal(perMinute, after.PerMinute);
        for (int i = 0; i < left; i++) Assert.True(after.TryTake(1000, 1));
        Assert.False(after.TryTake(1000, 1));
        Assert.Equal(1000 + TimeSpan.TicksPerMinute / perMinute, after.AdmitsAt(1000, 1), 2d);
    }

    [Fact]
    public void Another_limit_is_full_where_this_one_was()
    {
        RateLimit after = new RateLimit(10).Changed(5, 1000);
        for (int i = 0; i < 5; i++) Assert.True(after.TryTake(1000, 1));
        Assert.False(after.TryTake(1000, 1));
    }

    [Fact]
    public void What_calls_take_of_a_limit_while_it_is_replaced_counts_once()
    {
        var before = new RateLimit(10);
        RateLimit after = before.Changed(5, 1000);
        for (int i = 0; i < 2; i++) Assert.True(before.TryTake(1000, 1));

        after.TakeRest(1000);
        after.TakeRest(1000);

        for (int i = 0; i < 3; i++) Assert.True(after.TryTake(1000, 1));
        Assert.False(after.TryTake(1000, 1));
    }
}
