using Microsoft.Data.Sqlite;
using RouterGen.Gateway.Tests.Stores;

namespace RouterGen.Gateway.Sqlite.Tests;

/// <summary>A store in a file.</summary>
public sealed class SqliteGatewayStoreTests : StoreContract, IDisposable
{
    private readonly TemporaryStore _place = new();

    protected override IGatewayStore Store => Sqlite;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SqliteGatewayStore Sqlite => _place.Store;

    private string File => _place.File;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task All_is_there_after_a_restart()
    {
        var period = new AccountPeriod(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);
        await Sqlite.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k", Alias = "a" }, Token);
        await Sqlite.ChargeAsync([new GatewaySpend { Id = "r", At = DateTimeOffset.UnixEpoch, Cost = 1.5m, Charges = [period] }], Token);
        Sqlite.Dispose();
        using var again = new SqliteGatewayStore(File);
        Assert.Equal("a", (await again.FindAsync(AccountKind.Key, "k", Token))!.Alias);
        Assert.Equal(1.5m, (await again.SpentAsync([period], Token))[0].Cost);
        Assert.Equal(1, (await again.ReadAsync(new SpendQuery(), Token)).Total);
    }

    [Fact]
    public async Task The_file_and_its_log_are_for_their_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return; // which has no such permissions
        await Sqlite.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token);
        string[] files = Directory.GetFiles(_place.Folder);
        Assert.Contains(files, static file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (string file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_refused()
    {
        await Sqlite.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token);
        _place.Change("PRAGMA user_version = 99");
        using var again = new SqliteGatewayStore(File);
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await again.FindAsync(AccountKind.Key, "k", Token));
        Assert.Contains("later version", exception.Message);
    }

    [Fact]
    public async Task What_is_no_database_is_an_error_and_stays_as_it_is()
    {
        System.IO.File.WriteAllText(File, "This is a text, and a long one, so that it is taken for no empty database. " + new string('x', 4096));
        await Assert.ThrowsAsync<SqliteException>(async () => await Sqlite.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token));
        Assert.StartsWith("This is a text", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public async Task ASqlite_that_failed_works_again_when_its_file_does()
    {
        Directory.Delete(_place.Folder, recursive: true);
        await Assert.ThrowsAnyAsync<Exception>(async () => await Sqlite.FindAsync(AccountKind.Key, "k", Token));
        Directory.CreateDirectory(_place.Folder);
        Assert.True(await Sqlite.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token));
    }

    [Fact]
    public async Task TwoSqlites_share_a_file()
    {
        using var other = new SqliteGatewayStore(File);
        var period = new AccountPeriod(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);
        await Parallel.ForAsync(0, 20, Token, async (i, token) => await (i % 2 == 0 ? Sqlite : other).ChargeAsync([new GatewaySpend { Id = $"r{i}", At = DateTimeOffset.UnixEpoch, Cost = 0.1m, Charges = [period] }], token));
        Assert.Equal(2, (await other.SpentAsync([period], Token))[0].Cost);
    }

    [Fact]
    public async Task More_than_an_integer_holds_is_the_most_that_it_holds()
    {
        var period = new AccountPeriod(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);
        for (int i = 0; i < 3; i++) await Sqlite.ChargeAsync([new GatewaySpend { Id = $"r{i}", At = DateTimeOffset.UnixEpoch, Cost = 5_000_000, Charges = [period] }], Token);
        Assert.Equal(9_000_000, (await Sqlite.SpentAsync([period], Token))[0].Cost);
    }
}
