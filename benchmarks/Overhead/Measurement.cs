using System.Diagnostics;
using System.Runtime;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>What one contender's calls cost in one round.</summary>
/// <param name="P50">The median latency in microseconds.</param>
/// <param name="P99">The 99th percentile in microseconds.</param>
/// <param name="Cpu">Microseconds of CPU a call: the whole process, user and system.</param>
/// <param name="Bytes">Bytes allocated a call: the whole process.</param>
internal readonly record struct Cost(double P50, double P99, double Cpu, double Bytes);

/// <summary>A contender that needs something set up for each block.</summary>
internal interface IBlock
{
    /// <summary>Makes one call.</summary>
    Task<int> CallAsync();

    /// <summary>Sets up a block; not measured.</summary>
    Task BeginAsync();

    /// <summary>Does what the calls have left to do; measured as CPU and bytes, not as latency.</summary>
    Task FlushAsync();

    /// <summary>Ends a block; not measured.</summary>
    Task EndAsync();
}

/// <summary>Lets contenders run against each other: in rounds, each with a block of every one's calls, in rotating order.</summary>
internal sealed class Measurement
{
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(12);

    private readonly IBlock[] _contenders;
    private readonly double[] _latencies;

    private Measurement(IBlock[] contenders, int blockSize)
    {
        _contenders = contenders;
        _latencies = new double[blockSize];
    }

    /// <summary>Runs the rounds, after a warm-up.</summary>
    /// <returns>The costs, by contender and round.</returns>
    public static Task<Cost[][]> RunAsync(Func<Task<int>>[] contenders, int rounds, int blockSize) => RunAsync([.. contenders.Select(static call => (IBlock)new PlainBlock(call))], rounds, blockSize);

    /// <summary>Runs the rounds, after a warm-up.</summary>
    /// <returns>The costs, by contender and round.</returns>
    public static async Task<Cost[][]> RunAsync(IBlock[] contenders, int rounds, int blockSize)
    {
        var measurement = new Measurement(contenders, blockSize);
        await measurement.WarmUpAsync();
        Cost[][] costs = [.. contenders.Select(_ => new Cost[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                int contender = (round + i) % contenders.Length;
                costs[contender][round] = await measurement.RunBlockAsync(contenders[contender]);
            }
        }

        return costs;
    }

    /// <summary>
    /// Runs until the compiler, which optimises in the background and on the same CPU, has had nothing to do for ten rounds:
    /// what it costs would be taken for the contenders' own.
    /// </summary>
    private async Task WarmUpAsync()
    {
        long start = Stopwatch.GetTimestamp();
        for (int quiet = 0; quiet < 10 && Stopwatch.GetElapsedTime(start) < LongestWarmUp; quiet++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            foreach (IBlock contender in _contenders) await RunBlockAsync(contender);
            if (JitInfo.GetCompiledMethodCount() != compiled) quiet = 0;
        }
    }

    private async Task<Cost> RunBlockAsync(IBlock block)
    {
        await block.BeginAsync().ConfigureAwait(false);
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < _latencies.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            if (await block.CallAsync().ConfigureAwait(false) == 0) throw new InvalidOperationException("A call brought nothing.");
            _latencies[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        await block.FlushAsync().ConfigureAwait(false);
        double cpuUsed = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds;
        double allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        await block.EndAsync().ConfigureAwait(false);
        Array.Sort(_latencies);
        return new Cost(Spread.At(_latencies, 0.5), Spread.At(_latencies, 0.99), cpuUsed / _latencies.Length, allocated / _latencies.Length);
    }
}

/// <summary>A contender that needs nothing set up.</summary>
internal sealed class PlainBlock(Func<Task<int>> call) : IBlock
{
    public Task<int> CallAsync() => call();

    public Task BeginAsync() => Task.CompletedTask;

    public Task FlushAsync() => Task.CompletedTask;

    public Task EndAsync() => Task.CompletedTask;
}

/// <summary>A median, and the range that holds four fifths of the rounds.</summary>
internal readonly record struct Spread(double Median, double P10, double P90)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(At(sorted, 0.5), At(sorted, 0.1), At(sorted, 0.9));
    }

    public static double At(double[] sorted, double quantile) => sorted[(int)Math.Round(quantile * (sorted.Length - 1))];
}
