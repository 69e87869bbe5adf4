using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using RouterGen.Benchmarks.Micro;

// Usage: Micro fleet, for what a fleet costs a pick. Micro --filter '*', for the rest: In this process and with few iterations, so that all of it takes minutes: ask BenchmarkDotNet for more with --job medium.
if (args is ["fleet"])
{
    await FleetPicks.RunAsync();
    return;
}

ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).AsDefault())
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Median)
    .HideColumns(Column.RatioSD)
    .WithOptions(ConfigOptions.JoinSummary);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
