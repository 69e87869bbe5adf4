using RouterGen.Gateway.Tests.Stores;

namespace RouterGen.Gateway.Sqlite.Tests;

/// <summary>Responses in a file.</summary>
public sealed class SqliteResponseStoreTests : ResponseStoreContract, IDisposable
{
    private readonly TemporaryStore _place = new();

    protected override IResponseStore Store => _place.Store.Responses;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_response_is_there_after_a_restart()
    {
        await Store.KeepAsync(Response("r1"), ["m1"], Token);
        _place.Store.Dispose();
        using SqliteGatewayStore again = _place.Again();
        Assert.NotNull(await again.Responses.FindByItemAsync("a", "m1", Token));
    }

    [Fact]
    public async Task A_file_of_the_first_version_gets_the_tables_and_keeps_its_accounts()
    {
        await _place.Store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token);
        _place.Change("DROP TABLE response; DROP TABLE response_item; PRAGMA user_version = 1");
        using SqliteGatewayStore again = _place.Again();
        await again.Responses.KeepAsync(Response("r1"), ["m1"], Token);
        Assert.NotNull(await again.Responses.FindAsync("a", "r1", Token));
        Assert.NotNull(await again.FindAsync(AccountKind.Key, "k", Token));
    }
}
