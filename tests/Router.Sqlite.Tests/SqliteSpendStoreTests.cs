using Microsoft.Data.Sqlite;
using RouterGen.Spending.Tests;

namespace RouterGen.Sqlite.Tests;

/// <summary>The store keeps what it took, exactly, and says what is wrong with a file.</summary>
public sealed class SqliteSpendStoreTests : SpendStoreContract, IDisposable
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger").FullName;
    private readonly SqliteSpendStore _store;

    public SqliteSpendStoreTests() => _store = new SqliteSpendStore(File);

    protected override ISpendStore Store => _store;

    private string File => Path.Combine(_folder, "spend.db");

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_entry_is_there_after_a_restart()
    {
        await _store.AppendAsync([Entry("1")], Test);
        _store.Dispose();
        using var again = new SqliteSpendStore(File);
        Assert.Equal("1", Assert.Single(await ReadAsync(again)).Id);
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
