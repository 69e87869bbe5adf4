using System.Text;

namespace RouterGen.Gateway.Tests.Stores;

/// <summary>What each store of responses does, whatever it keeps them in.</summary>
public abstract class ResponseStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Returns the store; the same within a test.</summary>
    protected abstract IResponseStore Store { get; }

    [Fact]
    public async Task A_response_comes_back_as_it_was()
    {
        StoredResponse kept = Response("r1") with { Owner = "Ünïcode 'quoted'", PreviousId = "r0", Model = "openai/gpt-5-mini", CreatedAt = Noon.AddTicks(1), Response = Encoding.UTF8.GetBytes("""{"id":"r1","text":"é\u0000'"}""") };
        await Store.KeepAsync(kept, [], Token);
        StoredResponse found = (await Store.FindAsync(kept.Owner, "r1", Token))!;
        Assert.Equal(kept.Response.ToArray(), found.Response.ToArray());
        Assert.Equal(kept.Input.ToArray(), found.Input.ToArray());
        Assert.Equal(kept, found with { Response = kept.Response, Input = kept.Input });
    }

    [Fact]
    public async Task A_response_without_one_before_it_has_none()
    {
        await Store.KeepAsync(Response("r1"), [], Token);
        Assert.Null((await Store.FindAsync("a", "r1", Token))!.PreviousId);
    }

    [Theory]
    [InlineData("b", "r1")]
    [InlineData("", "r1")]
    [InlineData("a", "R1")]
    [InlineData("a", "r")]
    [InlineData("a", "r1' OR '1'='1")]
    public async Task Another_owner_or_id_finds_nothing(string owner, string id)
    {
        await Store.KeepAsync(Response("r1"), ["m1"], Token);
        Assert.Null(await Store.FindAsync(owner, id, Token));
        Assert.Null(await Store.FindByItemAsync(owner, id, Token));
        Assert.Null(await Store.FindByItemAsync("b", "m1", Token));
        Assert.False(await Store.DeleteAsync(owner, id, Token));
        Assert.NotNull(await Store.FindAsync("a", "r1", Token));
    }

    [Fact]
    public async Task Owners_may_have_the_same_ids()
    {
        await Store.KeepAsync(Response("r1"), ["m1"], Token);
        await Store.KeepAsync(Response("r1") with { Owner = "b", Model = "other/model" }, ["m1"], Token);
        Assert.Equal("test/model", (await Store.FindAsync("a", "r1", Token))!.Model);
        Assert.Equal("test/model", (await Store.FindByItemAsync("a", "m1", Token))!.Model);
        Assert.Equal("other/model", (await Store.FindByItemAsync("b", "m1", Token))!.Model);
        Assert.True(await Store.DeleteAsync("a", "r1", Token));
        Assert.Null(await Store.FindByItemAsync("a", "m1", Token));
        Assert.NotNull(await Store.FindAsync("b", "r1", Token));
    }

    [Fact]
    public async Task A_response_of_the_same_id_takes_the_place_of_the_first()
    {
        await Store.KeepAsync(Response("r1"), ["m1", "m2"], Token);
        await Store.KeepAsync(Response("r1") with { Model = "other/model" }, ["m2", "m3"], Token);
        Assert.Equal("other/model", (await Store.FindAsync("a", "r1", Token))!.Model);
        Assert.Null(await Store.FindByItemAsync("a", "m1", Token));
        Assert.Equal("other/model", (await Store.FindByItemAsync("a", "m2", Token))!.Model);
        Assert.Equal("other/model", (await Store.FindByItemAsync("a", "m3", Token))!.Model);
    }

    [Fact]
    public async Task Of_two_responses_with_an_item_the_last_is_found()
    {
        await Store.KeepAsync(Response("r1"), ["m1"], Token);
        await Store.KeepAsync(Response("r2"), ["m1"], Token);
        Assert.Equal("r2", (await Store.FindByItemAsync("a", "m1", Token))!.Id);
        await Store.DeleteAsync("a", "r1", Token);
        Assert.Equal("r2", (await Store.FindByItemAsync("a", "m1", Token))!.Id);
    }

    [Fact]
    public async Task A_deleted_response_is_gone_with_its_items()
    {
        await Store.KeepAsync(Response("r1"), ["m1"], Token);
        Assert.True(await Store.DeleteAsync("a", "r1", Token));
        Assert.False(await Store.DeleteAsync("a", "r1", Token));
        Assert.Null(await Store.FindAsync("a", "r1", Token));
        Assert.Null(await Store.FindByItemAsync("a", "m1", Token));
    }

    [Fact]
    public async Task What_has_ended_is_deleted_at_that_moment_and_no_sooner()
    {
        await Store.KeepAsync(Response("r1") with { Expires = Noon }, ["m1"], Token);
        await Store.KeepAsync(Response("r2") with { Owner = "b", Expires = Noon.AddTicks(1) }, ["m2"], Token);
        Assert.Equal(0, await Store.PruneAsync(Noon.AddTicks(-1), Token));
        Assert.Equal(1, await Store.PruneAsync(Noon, Token));
        Assert.Null(await Store.FindAsync("a", "r1", Token));
        Assert.Null(await Store.FindByItemAsync("a", "m1", Token));
        Assert.NotNull(await Store.FindByItemAsync("b", "m2", Token));
        Assert.Equal(1, await Store.PruneAsync(Noon.AddHours(1), Token));
    }

    [Fact]
    public async Task Responses_are_kept_side_by_side()
    {
        await Parallel.ForAsync(0, 50, Token, async (i, token) =>
        {
            await Store.KeepAsync(Response($"r{i}"), [$"m{i}", "shared"], token);
            Assert.NotNull(await Store.FindAsync("a", $"r{i}", token));
        });
        for (int i = 0; i < 50; i++) Assert.Equal($"r{i}", (await Store.FindByItemAsync("a", $"m{i}", Token))!.Id);
        Assert.NotNull(await Store.FindByItemAsync("a", "shared", Token));
    }

    /// <summary>Returns a response of the owner <c>a</c>.</summary>
    protected static StoredResponse Response(string id, int bytes = 0) =>
        new() { Owner = "a", Id = id, Model = "test/model", CreatedAt = Noon, Expires = Noon.AddDays(30), Response = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}""" + new string(' ', bytes)), Input = "[]"u8.ToArray() };
}
