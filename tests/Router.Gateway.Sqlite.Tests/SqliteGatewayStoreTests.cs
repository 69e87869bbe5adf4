using Microsoft.Data.Sqlite;
using RouterGen.Gateway.Tests.Stores;

namespace RouterGen.Gateway.Sqlite.Tests;

/// <summary>A store in a file.</summary>
public sealed class SqliteGatewayStoreTests : StoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store").FullName;
    private readonly SqliteGatewayStore _store;

    public SqliteGatewayStoreTests() => _store = new SqliteGatewayStore(File);

    protected override IGatewayStore Store => _store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "gateway.db");

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task All_is_there_after_a_restart()
    {
        var period = new AccountPeriod(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);
        await _store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k", Alias = "a" }, Token);
        await _store.ChargeAsync([new GatewaySpend { Id = "r", At = DateTimeOffset.UnixEpoch, Cost = 1.5m, Charges = [period] }], Token);
        _store.Dispose();
        using var again = new SqliteGatewayStore(File);
        Assert.Equal("a", (await again.FindAsync(AccountKind.Key, "k", Token))!.Alias);
        Assert.Equal(1.5m, (await again.SpentAsync([period], Token))[0].Cost);
        Assert.Equal(1, (await again.ReadAsync(new SpendQuery(), Token)).Total);
    }

    [Fact]
    public async Task The_file_and_its_log_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return; // which has no such permissions
        await _store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token);
        string[] files = Directory.GetFiles(_folder);
        Assert.Contains(files, static file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (string file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_refused()
    {
        await _store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token);
        _store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        using var again = new SqliteGatewayStore(File);
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await again.FindAsync(AccountKind.Key, "k", Token));
        Assert.Contains("later version", exception.Message);
    }

    [Fact]
    public async Task What_is_no_database_is_an_error_and_stays_as_it_is()
    {
        System.IO.File.WriteAllText(File, "This is a text, and a long one, so that it is taken for no empty database. " + new string('x', 4096));
        await Assert.ThrowsAsync<SqliteException>(async () => await _store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token));
        Assert.StartsWith("This is a text", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public async Task A_store_that_failed_works_again_when_its_file_does()
    {
        Directory.Delete(_folder, recursive: true);
        await Assert.ThrowsAnyAsync<Exception>(async () => await _store.FindAsync(AccountKind.Key, "k", Token));
        Directory.CreateDirectory(_folder);
        Assert.True(await _store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token));
    }

    [Fact]
    public async Task Two_stores_share_a_file()
    {
        using var other = new SqliteGatewayStore(File);
        var period = new AccountPeriod(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);
        await Parallel.ForAsync(0, 20, Token, async (i, token) => await (i % 2 == 0 ? _store : other).ChargeAsync([new GatewaySpend { Id = $"r{i}", At = DateTimeOffset.UnixEpoch, Cost = 0.1m, Charges = [period] }], token));
        Assert.Equal(2, (await other.SpentAsync([period], Token))[0].Cost);
    }

    [Fact]
    public async Task More_than_an_integer_holds_is_the_most_that_it_holds()
    {
        var period = new AccountPeriod(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);
        for (int i = 0; i < 3; i++) await _store.ChargeAsync([new GatewaySpend { Id = $"r{i}", At = DateTimeOffset.UnixEpoch, Cost = 5_000_000, Charges = [period] }], Token);
        Assert.Equal(9_000_000, (await _store.SpentAsync([period], Token))[0].Cost);
    }
}
