namespace RouterGen.Runtime.Tests;

public class MinimumPickerTests
{
    [Fact]
    public void The_lowest_is_found_wherever_it_stands()
    {
        Assert.Equal(0, Of(1, 2, 3));
        Assert.Equal(1, Of(2, -1, 3));
        Assert.Equal(2, Of(3, 2, 1));
        Assert.Equal(0, Of(7));
    }

    [Fact]
    public void What_is_no_number_is_never_found_beside_one_that_is()
    {
        Assert.Equal(1, Of(double.NaN, 5));
        Assert.Equal(0, Of(5, double.NaN));
        Assert.Equal(0, Of(double.NaN, double.NaN));
        Assert.Equal(0, Of());
        Assert.Equal(1, Of(double.PositiveInfinity, double.MaxValue));
    }

    [Fact]
    public void Equals_are_found_equally_often()
    {
        int[] found = new int[8];
        var random = new RandomSource(4);
        for (int i = 0; i < 5000; i++) found[Of(random, 9, 3, 3, 8, 3, 3, 9, 3)]++;
        Assert.Equal(0, found[0] + found[3] + found[6]);
        foreach (int index in new[] { 1, 2, 4, 5, 7 }) Assert.InRange(found[index], 850, 1150);
    }

    [Fact]
    public void Of_a_thousand_equals_none_is_starved()
    {
        double[] values = new double[1000];
        int[] found = new int[1000];
        var random = new RandomSource(4);
        for (int i = 0; i < 50_000; i++) found[Of(random, values)]++;
        Assert.All(found, static count => Assert.InRange(count, 15, 100));
    }

    private static int Of(params double[] values) => Of(new RandomSource(1), values);

    private static int Of(RandomSource random, params double[] values)
    {
        var lowest = new MinimumPicker(random.NextUInt64());
        for (int i = 0; i < values.Length; i++) lowest.Offer(i, values[i]);
        return lowest.Index;
    }
}
