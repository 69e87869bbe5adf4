using Microsoft.Extensions.Logging.Abstractions;

namespace RouterGen.Runtime.Tests;

/// <summary>A store that can be slow, gone, or lose its answers, over one in memory; and the instances that share it, on virtual time.</summary>
internal sealed class FleetHarness : IRouterStore
{
    private readonly MemoryRouterStore _store;

    public FleetHarness(TimeProvider? clockOfStore = null)
    {
        _store = new MemoryRouterStore(clockOfStore ?? Time);
        _store.Changed += () => { if (GivesHints) Changed?.Invoke(); };
    }

    public event Action? Changed;

    public VirtualTime Time { get; } = new();

    /// <summary>Whether the store cannot be reached; by whom, where one is named.</summary>
    public Func<string, bool> IsGone { get; set; } = static _ => false;

    /// <summary>Whether answers are lost of what the store has done.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Whether the store does not answer at all.</summary>
    public bool Hangs { get; set; }

    public bool GivesHints { get; set; }

    /// <summary>How often the store was asked.</summary>
    public int Exchanges { get; private set; }

    public List<StoreReport> Reports { get; } = [];

    public RouterFleet Instance(string id, int expected = 8, TimeSpan? grace = null) => new(this) { Id = id, ExpectedInstances = expected, BudgetGrace = grace ?? TimeSpan.FromMinutes(10) };

    /// <summary>Instances that have begun.</summary>
    public RouterFleet[] Instances(int count, int expected = 8)
    {
        RouterFleet[] all = [.. Enumerable.Range(0, count).Select(i => Instance($"i{i:D3}", expected))];
        ulong seed = 1;
        foreach (RouterFleet one in all) one.Start(Time, NullLogger.Instance, new RandomSource(seed++));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return all;
    }

    public async ValueTask<StoreAnswer> ExchangeAsync(StoreReport report, CancellationToken cancellationToken)
    {
        Exchanges++;
        Reports.Add(report);
        if (IsGone(report.Instance)) throw new IOException("The store is gone.");
        if (Hangs) await Task.Delay(Timeout.Infinite, cancellationToken);
        StoreAnswer answer = await _store.ExchangeAsync(report, cancellationToken);
        return LosesAnswers ? throw new IOException("The answer is lost.") : answer;
    }

    public ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(string fleet, CancellationToken cancellationToken) => _store.InstancesAsync(fleet, cancellationToken);
}
