namespace RouterGen.Runtime.Tests;

public class RandomSourceTests
{
    [Fact]
    public void It_is_SplitMix64()
    {
        // The first numbers of the reference implementation (https://prng.di.unimi.it/splitmix64.c) from the state 0.
        var random = new RandomSource(0);
        ulong[] numbers = [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];
        Assert.Equal([0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL], numbers);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        var one = new RandomSource(42);
        var other = new RandomSource(42);
        var different = new RandomSource(43);
        ulong[] numbers = Take(one);
        Assert.Equal(numbers, Take(other));
        Assert.NotEqual(numbers, Take(different));

        static ulong[] Take(RandomSource random) => [.. Enumerable.Range(0, 100).Select(_ => random.NextUInt64())];
    }

    [Fact]
    public void Doubles_fill_the_interval_from_0_to_below_1()
    {
        var random = new RandomSource(7);
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.All(numbers, static number => Assert.InRange(number, 0, 1 - 1.0 / (1UL << 53)));
        Assert.Equal(0.5, numbers.Average(), 0.01);
        Assert.True(numbers.Min() < 0.001 && numbers.Max() > 0.999);
    }

    [Fact]
    public void Jitter_stays_within_a_fifth()
    {
        var random = new RandomSource(7);
        double[] seconds = [.. Enumerable.Range(0, 10_000).Select(_ => random.Jitter(TimeSpan.FromSeconds(10)).TotalSeconds)];
        Assert.All(seconds, static duration => Assert.InRange(duration, 8, 12));
        Assert.True(seconds.Min() < 8.1 && seconds.Max() > 11.9);
        Assert.Equal(TimeSpan.Zero, random.Jitter(TimeSpan.Zero));
    }

    [Fact]
    public void Threads_share_the_sequence_without_taking_a_number_twice()
    {
        var random = new RandomSource(1);
        ulong[][] taken = new ulong[8][];
        Threads.RunTogether(8, thread => taken[thread] = [.. Enumerable.Range(0, 1000).Select(_ => random.NextUInt64())]);

        var alone = new RandomSource(1);
        ulong[] expected = [.. Enumerable.Range(0, 8000).Select(_ => alone.NextUInt64())];
        Assert.Equal(expected.Order(), taken.SelectMany(static numbers => numbers).Order());
    }
}
