using Microsoft.Data.Sqlite;

namespace RouterGen.Sqlite.Tests;

/// <summary>The store keeps what it took, exactly, and says what is wrong with a file.</summary>
public sealed class SqliteSpendStoreTests : IDisposable
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Day = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger").FullName;

    private string File => Path.Combine(_folder, "spend.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_entry_comes_back_as_it_was()
    {
        SpendEntry entry = Entry("1") with
        {
            CallId = "c", Kind = CallKind.Embeddings, Purpose = AttemptPurpose.Shadow, Outcome = FailureKind.Timeout, Caller = "u\"1", Session = "s", Tags = ["a,b", "c\u001fd"],
            InputTokens = 3, OutputTokens = 4, Cost = 0.000000000001m, IsEstimated = true, IsCallersKey = true, Duration = TimeSpan.FromTicks(12345),
        };
        using (var store = new SqliteSpendStore(File)) await store.AppendAsync([entry], Test);

        using var again = new SqliteSpendStore(File);
        SpendEntry read = Assert.Single(await ReadAsync(again));
        Assert.Equal(entry with { Tags = [] }, read with { Tags = [] });
        Assert.Equal(entry.Tags, read.Tags);
    }

    [Fact]
    public async Task The_same_entry_twice_counts_once()
    {
        using var store = new SqliteSpendStore(File);
        await store.AppendAsync([Entry("1") with { Tags = ["x"] }], Test);
        await store.AppendAsync([Entry("1") with { Tags = ["y"] }, Entry("2")], Test);
        Assert.Equal(2, Assert.Single(await SumAsync(store, SpendDimension.All)).Attempts);
        Assert.Equal(["", "x"], (await SumAsync(store, SpendDimension.Tag)).Select(static total => total.Name).Order(StringComparer.Ordinal));
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
        using var store = new SqliteSpendStore(File);
        var memory = new SpendMemory();
        await store.AppendAsync(entries, Test);
        await memory.AppendAsync(entries, Test);

        IReadOnlyList<SpendTotal> totals = await SumAsync(store, by);
        Assert.Equal(await SumAsync(memory, by), totals);
        Assert.Equal([first, second], totals.Select(static total => total.Name));
        Assert.Equal(1, totals[1].Unpriced);
    }

    [Fact]
    public async Task Sums_are_exact_beyond_what_one_integer_holds()
    {
        using var store = new SqliteSpendStore(File);
        await store.AppendAsync([.. Enumerable.Range(0, 3).Select(static i => Entry($"{i}") with { Cost = 8_000_000.000000000001m })], Test);
        Assert.Equal(24_000_000.000000000003m, Assert.Single(await SumAsync(store, SpendDimension.All)).Cost);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_reported_and_nothing_is_lost()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000), Test);
        using var store = new SqliteSpendStore(File);
        await using var ledger = new SpendLedger(store);
        ledger.Add(Entry("1"));
        SpendStoreException exception = await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test));
        Assert.Contains("not a database", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, ledger.Pending);

        System.IO.File.Move(File, File + ".damaged");
        await ledger.FlushAsync(Test);
        Assert.Equal(0, ledger.Pending);
        Assert.Null(ledger.LastError);
        Assert.Single(await ReadAsync(store));
    }

    [Fact]
    public async Task A_file_that_is_locked_is_reported_and_written_later()
    {
        using var store = new SqliteSpendStore(File) { BusyTimeout = TimeSpan.FromSeconds(1) };
        await store.AppendAsync([Entry("0")], Test);
        await using var ledger = new SpendLedger(store);
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        Execute(other, "BEGIN IMMEDIATE");
        ledger.Add(Entry("1"));
        SpendStoreException exception = await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test));
        Assert.Contains("locked", exception.Message, StringComparison.Ordinal);

        Execute(other, "ROLLBACK");
        await ledger.FlushAsync(Test);
        Assert.Equal(2, (await ReadAsync(store)).Count);
    }

    [Fact]
    public async Task A_full_disk_is_reported_and_written_later()
    {
        using var store = new SqliteSpendStore(File);
        await store.AppendAsync([Entry("0")], Test);
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        await using var ledger = new SpendLedger(new Limited(store, File));
        for (int i = 1; i <= 500; i++) ledger.Add(Entry($"{i}") with { Session = new string('s', 200) });
        SpendStoreException exception = await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test));
        Assert.Contains("full", exception.Message, StringComparison.Ordinal);
        Assert.Single(await ReadAsync(store));

        Limited.IsFull = false;
        await ledger.FlushAsync(Test);
        Assert.Equal(501, (await ReadAsync(store)).Count);
    }

    [Fact]
    public async Task A_missing_directory_is_reported()
    {
        using var store = new SqliteSpendStore(Path.Combine(_folder, "none", "spend.db"));
        await Assert.ThrowsAsync<SqliteException>(async () => await store.AppendAsync([Entry("1")], Test));
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_left_alone()
    {
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            Execute(other, "PRAGMA user_version = 99");
        }

        using var store = new SqliteSpendStore(File);
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.AppendAsync([Entry("1")], Test));
        Assert.Contains("later version", exception.Message, StringComparison.Ordinal);
    }

    internal static SpendEntry Entry(string id) => new() { Id = id, At = Day, Group = "chat", Deployment = "a", Model = "plain/a" };

    internal static async Task<List<SpendEntry>> ReadAsync(ISpendStore store)
    {
        var entries = new List<SpendEntry>();
        await foreach (SpendEntry entry in store.ReadAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Test)) entries.Add(entry);
        return entries;
    }

    private static async Task<IReadOnlyList<SpendTotal>> SumAsync(ISpendStore store, SpendDimension by) => await store.SumAsync(by, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Test);

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    /// <summary>Says that the disk is full as SQLite does (SQLITE_FULL), for as long as it is told to.</summary>
    private sealed class Limited(SqliteSpendStore store, string path) : ISpendStore
    {
        public static bool IsFull { get; set; } = true;

        public async ValueTask AppendAsync(IReadOnlyList<SpendEntry> entries, CancellationToken cancellationToken)
        {
            if (!IsFull)
            {
                await store.AppendAsync(entries, cancellationToken);
                return;
            }

            // A file that may not grow answers as a disk without room does.
            using var limited = new SqliteConnection($"Data Source={path};Pooling=False");
            limited.Open();
            Execute(limited, "PRAGMA max_page_count = 1");
            Execute(limited, "CREATE TABLE filler (text TEXT); INSERT INTO filler SELECT hex(randomblob(100000))");
        }

        public IAsyncEnumerable<SpendEntry> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => store.ReadAsync(from, until, cancellationToken);

        public ValueTask<IReadOnlyList<SpendTotal>> SumAsync(SpendDimension by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => store.SumAsync(by, from, until, cancellationToken);
    }
}
