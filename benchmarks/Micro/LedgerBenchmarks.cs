using BenchmarkDotNet.Attributes;

namespace RouterGen.Benchmarks.Micro;

/// <summary>How many entries a ledger takes in a second, written to a SQLite file on this machine's disk: the budget is 20,000 on two cores. What the call itself waits for is <see cref="Add"/>.</summary>
[MemoryDiagnoser]
public class LedgerBenchmarks
{
    private const int Entries = 20_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger").FullName;
    private SqliteSpendStore _store = null!;
    private SpendLedger _ledger = null!;
    private SpendLedger _unread = null!;
    private long _number;

    [GlobalSetup]
    public void Open()
    {
        _store = new SqliteSpendStore(Path.Combine(_folder, "spend.db"));
        _ledger = new SpendLedger(_store);
        _unread = new SpendLedger(new SpendMemory(), capacity: 1_000_000_000);
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _ledger.DisposeAsync();
        await _unread.DisposeAsync();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Entries)]
    public async Task AddAndFlush()
    {
        for (int i = 0; i < Entries; i++) _ledger.Add(Entry());
        await _ledger.FlushAsync();
    }

    [Benchmark]
    public bool Add() => _unread.Add(Entry());

    private SpendEntry Entry() => new()
    {
        Id = Interlocked.Increment(ref _number).ToString("x32"), At = DateTimeOffset.UnixEpoch, Group = "claude-fast", Deployment = "anthropic/claude-haiku-5-5", Model = "anthropic/claude-haiku-5-5",
        Caller = "customer-7", Session = "session-12", Tags = ["search"], InputTokens = 1200, OutputTokens = 300, Cost = 0.00042m, Duration = TimeSpan.FromMilliseconds(800),
    };
}
