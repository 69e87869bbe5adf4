namespace RouterGen.Runtime.Tests;

public class WeightedPolicyTests
{
    [Fact]
    public void A_tenth_is_a_tenth_within_two_calls_of_a_thousand()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            int[] calls = Count(Weights(0.1, 0.9), seed, 1000);
            Assert.InRange(calls[0], 98, 102);
        }
    }

    [Theory]
    [InlineData(new double[] { 1, 1 })]
    [InlineData(new double[] { 70, 20, 10 })]
    [InlineData(new double[] { 0.001, 0.999 })]
    [InlineData(new double[] { 3, 1, 4, 1, 5, 9, 2, 6 })]
    [InlineData(new double[] { 1e-9, 1, 1e9 })]
    [InlineData(new double[] { 1e300, 1e300 })]
    public void Shares_follow_the_weights(double[] weights)
    {
        const int Calls = 10_000;
        double heaviest = weights.Max();
        double total = weights.Sum(weight => weight / heaviest);
        for (ulong seed = 0; seed < 20; seed++)
        {
            int[] calls = Count(Weights(weights), seed, Calls);
            for (int i = 0; i < weights.Length; i++) Assert.Equal(Calls * (weights[i] / heaviest) / total, calls[i], 6.0);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(100)]
    public void Every_so_manieth_call_is_shared_as_evenly(int stride)
    {
        Deployment[] deployments = Weights(0.1, 0.9);
        int[] eligible = [0, 1];
        for (ulong seed = 0; seed < 20; seed++)
        {
            var policy = new WeightedPolicy(new RandomSource(seed));
            int first = 0;
            for (int call = 0; call < 1000 * stride; call++)
            {
                int picked = policy.PickOf(deployments, eligible);
                if (call % stride == 0 && picked == 0) first++;
            }

            Assert.InRange(first, 90, 110);
        }
    }

    [Fact]
    public void Who_leaves_is_made_up_for_by_the_others_and_has_its_share_when_it_returns()
    {
        Deployment[] deployments = Weights(1, 1, 2);
        var policy = new WeightedPolicy(new RandomSource(5));
        AssertShares([250, 250, 500], Count(policy, deployments, [0, 1, 2], 1000));
        AssertShares([333, 0, 667], Count(policy, deployments, [0, 2], 1000));
        AssertShares([0, 1000, 0], Count(policy, deployments, [1], 1000));
        AssertShares([250, 250, 500], Count(policy, deployments, [0, 1, 2], 1000));
    }

    [Fact]
    public void Different_seeds_start_at_different_places()
    {
        Deployment[] deployments = Weights(1, 1);
        int[] firsts = new int[2];
        for (ulong seed = 0; seed < 100; seed++) firsts[new WeightedPolicy(new RandomSource(seed)).PickOf(deployments, [0, 1])]++;
        Assert.All(firsts, static count => Assert.InRange(count, 25, 75));
    }

    [Fact]
    public void Threads_share_the_sequence()
    {
        Deployment[] deployments = Weights(0.1, 0.9);
        var policy = new WeightedPolicy(new RandomSource(3));
        int first = 0;
        Threads.RunTogether(10, _ =>
        {
            int[] eligible = [0, 1];
            for (int i = 0; i < 1000; i++)
            {
                if (policy.PickOf(deployments, eligible) == 0) Interlocked.Increment(ref first);
            }
        });
        Assert.InRange(first, 997, 1003);
    }

    [Fact]
    public void A_pick_allocates_nothing()
    {
        Deployment[] deployments = Weights(1, 2, 3);
        var policy = new WeightedPolicy(new RandomSource(3));
        int[] eligible = [0, 1, 2];
        policy.PickOf(deployments, eligible);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) policy.PickOf(deployments, eligible);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Deployment[] Weights(params double[] weights) =>
        Subjects.Deployments(Subjects.Context(), [.. weights.Select(static (weight, index) => Subjects.Definition($"d{index}", weight))]);

    private static int[] Count(Deployment[] deployments, ulong seed, int calls) =>
        Count(new WeightedPolicy(new RandomSource(seed)), deployments, [.. Enumerable.Range(0, deployments.Length)], calls);

    private static int[] Count(WeightedPolicy policy, Deployment[] deployments, int[] eligible, int calls)
    {
        int[] counts = new int[deployments.Length];
        for (int i = 0; i < calls; i++) counts[eligible[policy.PickOf(deployments, eligible)]]++;
        return counts;
    }

    private static void AssertShares(int[] expected, int[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], (double)actual[i], 4.0);
    }
}
