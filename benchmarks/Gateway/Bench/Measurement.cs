namespace RouterGen.Benchmarks.Gateway;

/// <summary>What a contender cost in one round: µs of processor time for each request, and what its clients saw, in µs.</summary>
internal sealed record Cost(double Cpu, double P50, double P99, double DeltaP50, double DeltaP99, double PerSecond);

/// <summary>Puts contenders under the same load in turn, so that what disturbs the machine disturbs all of them.</summary>
internal static class Measurement
{
    /// <summary>Measures.</summary>
    /// <returns>By contender and round.</returns>
    public static async Task<Cost[][]> RunAsync(Work work, int connections, Contender[] contenders, Settings settings)
    {
        var costs = contenders.Select(_ => new Cost[settings.Rounds]).ToArray();
        foreach (Contender contender in contenders) await RunAsync(work, connections, contender, settings.Block); // warms it up
        for (int round = 0; round < settings.Rounds; round++)
        {
            // Each is the first, and after each other one, equally often.
            for (int i = 0; i < contenders.Length; i++)
            {
                int one = (round + i) % contenders.Length;
                costs[one][round] = await RunAsync(work, connections, contenders[one], settings.Block);
            }
        }

        return costs;
    }

    private static async Task<Cost> RunAsync(Work work, int connections, Contender contender, TimeSpan block)
    {
        double before = contender.Cpu;
        Load load = await new LoadGenerator(contender.Address, work, contender.Key, contender.Headers).RunAsync(connections, block);
        double cpu = contender.Cpu - before;
        load.Answers.Sort();
        load.Deltas.Sort();
        return new Cost(cpu * 1e6 / load.Answers.Count, At(load.Answers, 0.5), At(load.Answers, 0.99), At(load.Deltas, 0.5), At(load.Deltas, 0.99), load.Answers.Count / block.TotalSeconds);
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
}
