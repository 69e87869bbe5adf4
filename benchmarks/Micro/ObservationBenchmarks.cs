using BenchmarkDotNet.Attributes;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Micro;

/// <summary>What a call pays where nothing listens to it: the budget is 20 ns and 0 B.</summary>
[MemoryDiagnoser]
public class ObservationBenchmarks
{
    private readonly RouterContext _router = new(new RouterOptions());
    private readonly EmbeddingRequest _request = new(new[] { "Hi" });

    [Benchmark]
    public object? StartUnobserved() => CallWatch.Start(_router, "group", _request, CallOptions.None);
}
