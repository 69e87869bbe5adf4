namespace RouterGen.Gateway.Tests.Stores;

/// <summary>Responses in memory.</summary>
public sealed class MemoryResponseStoreTests : ResponseStoreContract
{
    protected override IResponseStore Store { get; } = new MemoryResponseStore();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_oldest_go_first_where_there_are_too_many()
    {
        var store = new MemoryResponseStore(maxCount: 2);
        foreach (string id in (string[])["r1", "r2", "r1", "r3"]) await store.KeepAsync(Response(id), [id + "-item"], Token);
        Assert.Null(await store.FindAsync("a", "r2", Token));
        Assert.Null(await store.FindByItemAsync("a", "r2-item", Token));
        Assert.NotNull(await store.FindAsync("a", "r1", Token)); // It was kept anew.
        Assert.NotNull(await store.FindAsync("a", "r3", Token));
    }

    [Fact]
    public async Task The_oldest_go_first_where_they_are_too_large()
    {
        var store = new MemoryResponseStore(maxBytes: 100_000);
        for (int i = 0; i < 10; i++) await store.KeepAsync(Response($"r{i}", bytes: 30_000), [], Token);
        Assert.Null(await store.FindAsync("a", "r6", Token));
        Assert.NotNull(await store.FindAsync("a", "r7", Token));
        Assert.NotNull(await store.FindAsync("a", "r9", Token));
    }

    [Fact]
    public async Task One_that_is_too_large_by_itself_is_not_kept_and_displaces_no_other()
    {
        var store = new MemoryResponseStore(maxBytes: 10_000);
        await store.KeepAsync(Response("r1"), [], Token);
        await store.KeepAsync(Response("r2", bytes: 10_000), [], Token);
        Assert.Null(await store.FindAsync("a", "r2", Token));
        Assert.NotNull(await store.FindAsync("a", "r1", Token));
    }

    [Fact]
    public async Task Ids_of_items_count_too()
    {
        var store = new MemoryResponseStore(maxBytes: 10_000);
        await store.KeepAsync(Response("r1"), [.. Enumerable.Range(0, 100).Select(static i => $"m{i}")], Token);
        Assert.Null(await store.FindAsync("a", "r1", Token));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Limits_are_at_least_one(int count, long bytes) => Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryResponseStore(count, bytes));
}
