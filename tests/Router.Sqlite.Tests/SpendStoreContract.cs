namespace RouterGen.Spending.Tests;

/// <summary>What each store of a ledger does, whatever it keeps its entries in.</summary>
public abstract class SpendStoreContract
{
    private static readonly DateTimeOffset Day = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Gets the store; the same within a test.</summary>
    protected abstract ISpendStore Store { get; }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_comes_back_as_it_was()
    {
        SpendEntry entry = Entry("1") with
        {
            At = Day.AddTicks(12345), CallId = "c", Kind = CallKind.Embeddings, Purpose = AttemptPurpose.Shadow, Outcome = FailureKind.Timeout, Caller = "u\"1", Session = "s'\\", Tags = ["a,b", "c\u001fd", "{\"\\}", "NULL", ""],
            InputTokens = 3, OutputTokens = 4, Cost = 0.000000000001m, IsEstimated = true, IsCallersKey = true, Duration = TimeSpan.FromTicks(12345),
        };
        await Store.AppendAsync([entry, Entry("2")], Test);
        List<SpendEntry> read = await ReadAsync(Store);
        Assert.Equal(entry with { Tags = [] }, read[1] with { Tags = [] });
        Assert.Equal(entry.Tags.Order(StringComparer.Ordinal), read[1].Tags.Order(StringComparer.Ordinal));
        Assert.Equal(Entry("2") with { Tags = [] }, read[0] with { Tags = [] });
    }

    [Fact]
    public async Task The_same_entry_twice_counts_once()
    {
        await Store.AppendAsync([Entry("1") with { Tags = ["x"] }], Test);
        await Store.AppendAsync([Entry("1") with { Tags = ["y"] }, Entry("2"), Entry("2")], Test);
        Assert.Equal(2, Assert.Single(await SumAsync(Store, SpendDimension.All)).Attempts);
        Assert.Equal(["", "x"], (await SumAsync(Store, SpendDimension.Tag)).Select(static total => total.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(SpendDimension.Group, "chat", "search")]
    [InlineData(SpendDimension.Deployment, "chat: a", "search: b")]
    [InlineData(SpendDimension.Model, "plain/a", "plain/b")]
    [InlineData(SpendDimension.Caller, "u1", "")]
    [InlineData(SpendDimension.Session, "s1", "")]
    [InlineData(SpendDimension.Tag, "t1", "")]
    [InlineData(SpendDimension.Day, "2026-11-30", "2026-12-01")]
    public async Task Sums_are_those_of_a_store_in_memory(SpendDimension by, string first, string second)
    {
        SpendEntry[] entries =
        [
            Entry("1") with { Caller = "u1", Session = "s1", Tags = ["t1"], Cost = 1.5m, InputTokens = 10, OutputTokens = 20 },
            Entry("2") with { Caller = "u1", Session = "s1", Tags = ["t1"], Outcome = FailureKind.Timeout },
            Entry("3") with { Group = "search", Deployment = "b", Model = "plain/b", At = Day.AddDays(1), Cost = 0.25m, InputTokens = 1 },
            Entry("4") with { Group = "search", Deployment = "b", Model = "plain/b", At = Day.AddDays(1), InputTokens = 5 },
        ];
        var memory = new SpendMemory();
        await Store.AppendAsync(entries, Test);
        await memory.AppendAsync(entries, Test);
        IReadOnlyList<SpendTotal> totals = await SumAsync(Store, by);
        Assert.Equal(await SumAsync(memory, by), totals);
        Assert.Equal([first, second], totals.Select(static total => total.Name));
        Assert.Equal(1, totals[1].Unpriced);
    }

    [Fact]
    public async Task Sums_are_exact_beyond_what_one_integer_holds()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 3).Select(static i => Entry($"{i}") with { Cost = 8_000_000.000000000001m })], Test);
        Assert.Equal(24_000_000.000000000003m, Assert.Single(await SumAsync(Store, SpendDimension.All)).Cost);
    }

    [Fact]
    public async Task A_period_begins_and_ends_to_the_tick()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 25).Select(static i => Entry($"{i:00}") with { At = Day.AddTicks(i) })], Test);
        var read = new List<string>();
        await foreach (SpendEntry entry in Store.ReadAsync(Day.AddTicks(3), Day.AddTicks(22), Test)) read.Add(entry.Id);
        Assert.Equal(Enumerable.Range(3, 19).Select(static i => $"{i:00}"), read);
        Assert.Equal(19, Assert.Single(await Store.SumAsync(SpendDimension.All, Day.AddTicks(3), Day.AddTicks(22), Test)).Attempts);
        Assert.Empty(await Store.SumAsync(SpendDimension.Group, Day.AddDays(1), Day.AddDays(2), Test));
    }

    public static SpendEntry Entry(string id) => new() { Id = id, At = Day, Group = "chat", Deployment = "a", Model = "plain/a" };

    public static async Task<List<SpendEntry>> ReadAsync(ISpendStore store)
    {
        var entries = new List<SpendEntry>();
        await foreach (SpendEntry entry in store.ReadAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Test)) entries.Add(entry);
        return entries;
    }

    public static async Task<IReadOnlyList<SpendTotal>> SumAsync(ISpendStore store, SpendDimension by) => await store.SumAsync(by, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Test);
}
