using RouterGen.Gateway.Tests.Stores;
using RouterGen.PostgreSql.Tests.Server;

namespace RouterGen.Gateway.PostgreSql.Tests;

/// <summary>Responses in a database.</summary>
public sealed class PostgreSqlResponseStoreTests(SharedServer shared) : ResponseStoreContract, IAsyncLifetime
{
    private TestStore _test = null!;

    protected override IResponseStore Store => _test.Store.Responses;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _test = await TestStore.StartAsync(shared);

    public ValueTask DisposeAsync()
    {
        _test?.Dispose();
        return default;
    }

    [Fact]
    public async Task Another_instance_finds_a_response()
    {
        await Store.KeepAsync(Response("r1"), ["m1", "m1"], Token);
        using var database = new PostgreSqlDatabase(_test.Address);
        Assert.NotNull(await new PostgreSqlGatewayStore(database).Responses.FindByItemAsync("a", "m1", Token));
    }

    [Fact]
    public async Task Tables_of_the_first_version_are_updated_and_keep_their_accounts()
    {
        await _test.Store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token);
        await _test.Server.RunAsync("DROP TABLE routergen.response, routergen.response_item; UPDATE routergen.schema_part SET version = 1 WHERE part = 'gateway'", _test.Name);
        using var database = new PostgreSqlDatabase(_test.Address);
        var again = new PostgreSqlGatewayStore(database);
        await again.Responses.KeepAsync(Response("r1"), [], Token);
        Assert.NotNull(await again.FindAsync(AccountKind.Key, "k", Token));
    }

    [Fact]
    public async Task Any_text_and_any_size_is_kept()
    {
        string strange = "nul \0 and half \ud800";
        await Store.KeepAsync(Response("r1", bytes: 5_000_000) with { Owner = new string('\u00fc', 9000), PreviousId = strange, Model = strange }, [strange, new string('\u4e00', 9000)], Token);
        StoredResponse found = (await Store.FindByItemAsync(new string('\u00fc', 9000), strange, Token))!;
        Assert.True(found.Response.Length > 5_000_000);
        Assert.NotNull(await Store.FindByItemAsync(new string('\u00fc', 9000), new string('\u4e00', 9000), Token));
    }
}
