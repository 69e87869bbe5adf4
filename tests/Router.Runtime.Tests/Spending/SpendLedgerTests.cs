using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace RouterGen.Runtime.Tests;

/// <summary>What a ledger counts, and what it does while its store fails.</summary>
public class SpendLedgerTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Day = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_attempt_is_an_entry_with_its_call()
    {
        await using var ledger = new SpendLedger(new SpendMemory());
        var router = new TestRouter(observers: [ledger]);
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Events("hi there, and so on", " and on", "[end]"));
        TestGroup group = router.Group(TestRouter.Deployment("a", order: 0), TestRouter.Deployment("b", order: 1));
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hello", new CallOptions { Caller = "u1", SessionKey = "s1", SpendTags = ["x", "y", "x"] }, cancellationToken: Test)) break;
        await ledger.FlushAsync(Test);

        List<SpendEntry> entries = await ReadAsync(ledger);
        Assert.Equal([("a", FailureKind.Overloaded), ("b", FailureKind.None)], entries.Select(static entry => (entry.Deployment, entry.Outcome)));
        Assert.Single(entries.Select(static entry => entry.CallId).Distinct());
        Assert.Equal(2, entries.Select(static entry => entry.Id).Distinct().Count());
        Assert.All(entries, static entry => Assert.Equal(("u1", "s1", "plain/" + entry.Deployment), (entry.Caller, entry.Session, entry.Model)));
        Assert.Equal(["x", "y"], entries[1].Tags);
        Assert.True(entries[1].IsEstimated);
        Assert.True(entries[1].Cost > 0);
        Assert.Null(entries[0].Cost);
    }

    [Fact]
    public async Task Entries_wait_while_the_store_fails()
    {
        var store = new FailingStore { IsBroken = true };
        var time = new FakeTimeProvider();
        var logs = new RecordedLogs();
        await using var ledger = new SpendLedger(store, timeProvider: time, loggerFactory: logs);
        ledger.Add(Entry("1"));
        SpendStoreException exception = await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test));
        Assert.Contains("No room.", exception.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(ledger.LastError);
        Assert.Equal(1, ledger.Pending);

        store.IsBroken = false;
        ledger.Add(Entry("2"));
        await ledger.FlushAsync(Test); // It does not wait for the pause to end.
        Assert.Null(ledger.LastError);
        Assert.Equal(2, (await ReadAsync(ledger)).Count);
        Assert.Equal(["The store of the spend ledger fails; entries wait for it in memory: IOException: No room.", "The store of the spend ledger works again"], logs.Lines);
    }

    [Fact]
    public async Task After_a_pause_the_store_is_tried_again()
    {
        var store = new FailingStore { IsBroken = true };
        var time = new FakeTimeProvider();
        await using var ledger = new SpendLedger(store, timeProvider: time);
        ledger.Add(Entry("1"));
        await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test));
        store.IsBroken = false;
        while (ledger.Pending > 0)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Single(await ReadAsync(ledger));
    }

    [Fact]
    public async Task A_queue_that_is_full_loses_what_comes_and_counts_it()
    {
        var store = new FailingStore { IsBroken = true };
        var logs = new RecordedLogs();
        await using var ledger = new SpendLedger(store, capacity: 10, timeProvider: new FakeTimeProvider(), loggerFactory: logs);
        int taken = 0;
        for (int i = 0; i < 5000; i++) taken += ledger.Add(Entry($"{i}")) ? 1 : 0;

        Assert.Equal(5000 - taken, ledger.Dropped);
        Assert.Equal(taken, ledger.Pending);
        Assert.InRange(taken, 10, 1010); // The queue, and the batch that is tried.
        Assert.Single(logs.Lines, static line => line.StartsWith("The queue of the spend ledger is full", StringComparison.Ordinal));
        await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test)); // No attempt of before is under way then, whose failure would be the next flush's.
        store.IsBroken = false;
        await ledger.FlushAsync(Test);
        Assert.Equal(taken, (await ReadAsync(ledger)).Count);
    }

    [Fact]
    public async Task The_end_writes_what_is_left()
    {
        var store = new FailingStore();
        var ledger = new SpendLedger(store);
        for (int i = 0; i < 5000; i++) ledger.Add(Entry($"{i}"));
        await ledger.DisposeAsync();
        Assert.Equal(5000, store.Count);
        Assert.False(ledger.Add(Entry("late")));
        await ledger.DisposeAsync();
    }

    [Fact]
    public async Task The_end_does_not_wait_for_a_store_that_fails()
    {
        var logs = new RecordedLogs();
        var ledger = new SpendLedger(new FailingStore { IsBroken = true }, timeProvider: new FakeTimeProvider(), loggerFactory: logs);
        ledger.Add(Entry("1"));
        await ledger.DisposeAsync();
        Assert.Contains(logs.Lines, static line => line == "The spend ledger was disposed while its store failed: 1 entries are lost");
    }

    [Fact]
    public async Task A_call_does_not_wait_for_a_store_that_hangs()
    {
        var store = new FailingStore { Hangs = new TaskCompletionSource() };
        await using var ledger = new SpendLedger(store);
        var router = new TestRouter(observers: [ledger]);
        router.Transport.On("a", FakeTransport.Text("hi"));
        TestGroup group = router.Group(1);
        for (int i = 0; i < 50; i++) Assert.Equal("hi", (await group.CompleteAsync("Hello", cancellationToken: Test)).Text);
        Assert.Equal(50, ledger.Pending);
        store.Hangs.SetResult();
        await ledger.FlushAsync(Test);
        Assert.Equal(0, ledger.Pending);
    }

    [Fact]
    public async Task Csv_has_a_line_for_each_entry_and_no_formulas()
    {
        await using var ledger = new SpendLedger(new SpendMemory());
        ledger.Add(Entry("1") with { Caller = "=cmd|' /C calc'!A0", Session = "a,\"b\"\nc", Tags = ["x", "y"], Cost = 0.00000125m, InputTokens = 3, Duration = TimeSpan.FromMilliseconds(12) });
        await ledger.FlushAsync(Test);
        var text = new StringWriter();
        await ledger.ExportCsvAsync(text, Day, Day.AddDays(1), Test);
        Assert.Equal(
            "id,at,call_id,group,deployment,model,kind,purpose,outcome,caller,session,tags,input_tokens,output_tokens,cost_usd,estimated,callers_key,duration_ms\r\n"
            + "1,2026-11-30T12:00:00.0000000Z,,chat,a,plain/a,Chat,Call,None,'=cmd|' /C calc'!A0,\"a,\"\"b\"\"\nc\",x;y,3,,0.00000125,false,false,12\r\n",
            text.ToString());
    }

    [Fact]
    public async Task Json_has_an_object_for_each_entry()
    {
        await using var ledger = new SpendLedger(new SpendMemory());
        ledger.Add(Entry("1") with { Tags = ["x"], Cost = 0.5m });
        ledger.Add(Entry("2"));
        await ledger.FlushAsync(Test);
        using var bytes = new MemoryStream();
        await ledger.ExportJsonAsync(bytes, Day, Day.AddDays(1), Test);
        string[] lines = Encoding.UTF8.GetString(bytes.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("""{"id":"1","at":"2026-11-30T12:00:00.0000000Z","call_id":null,"group":"chat","deployment":"a","model":"plain/a","kind":"Chat","purpose":"Call","outcome":"None","caller":null,"session":null,"tags":["x"],"input_tokens":null,"output_tokens":null,"cost_usd":0.5,"estimated":false,"callers_key":false,"duration_ms":0}""", lines[0]);
    }

    [Fact]
    public async Task A_month_is_a_report_in_markdown()
    {
        await using var ledger = new SpendLedger(new SpendMemory());
        ledger.Add(Entry("1") with { Cost = 3m, InputTokens = 1500, OutputTokens = 20, Caller = "a|b" });
        ledger.Add(Entry("2") with { Deployment = "b", Model = "plain/b", Cost = 1m, InputTokens = 5, OutputTokens = 5, Outcome = FailureKind.Timeout });
        ledger.Add(Entry("3") with { InputTokens = 5 });
        ledger.Add(Entry("4") with { At = Day.AddDays(1), Cost = 100m });
        await ledger.FlushAsync(Test);
        string report = await ledger.ReportMonthAsync(2026, 11, Test);
        Assert.StartsWith("# Spending in 2026-11\n\n$4.00 for 3 attempts, of which 1 failed. No price is known of 1 of them: they are not in these sums.\n\n| Group | cost | share |", report, StringComparison.Ordinal);
        Assert.Contains("| chat: a | $3.00 | 75.0 % | 2 | 0 | 1,505 | 20 |\n", report, StringComparison.Ordinal);
        Assert.Contains("| a\\|b | $3.00 |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("| Tag |", report, StringComparison.Ordinal);
        Assert.Equal("# Spending in 2026-01\n\n$0.00 for 0 attempts, of which 0 failed.\n", await ledger.ReportMonthAsync(2026, 1, Test));
    }

    private static SpendEntry Entry(string id) => new() { Id = id, At = Day, Group = "chat", Deployment = "a", Model = "plain/a" };

    private static async Task<List<SpendEntry>> ReadAsync(SpendLedger ledger)
    {
        var entries = new List<SpendEntry>();
        await foreach (SpendEntry entry in ledger.Store.ReadAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Test)) entries.Add(entry);
        return entries;
    }

    /// <summary>A store that fails, or hangs, for as long as it is told to.</summary>
    private sealed class FailingStore : ISpendStore
    {
        private readonly SpendMemory _memory = new();

        public bool IsBroken { get; set; }

        public TaskCompletionSource? Hangs { get; init; }

        public int Count { get; private set; }

        public async ValueTask AppendAsync(IReadOnlyList<SpendEntry> entries, CancellationToken cancellationToken)
        {
            if (Hangs is not null) await Hangs.Task;
            if (IsBroken) throw new IOException("No room.");
            Count += entries.Count;
            await _memory.AppendAsync(entries, cancellationToken);
        }

        public IAsyncEnumerable<SpendEntry> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => _memory.ReadAsync(from, until, cancellationToken);

        public ValueTask<IReadOnlyList<SpendTotal>> SumAsync(SpendDimension by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => _memory.SumAsync(by, from, until, cancellationToken);
    }
}
