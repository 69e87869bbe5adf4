using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Responses;

/// <summary>The list of what a response answers.</summary>
public sealed class InputItemTests
{
    [Fact]
    public async Task All_of_a_conversation_is_listed_the_last_item_first()
    {
        await using World world = await World.StartAsync(StoredResponseTests.Keeping());
        string id = await ConversationAsync(world);
        JsonNode list = await ListAsync(world, id);
        JsonArray data = list["data"]!.AsArray();
        Assert.Equal(["Three", "Two", "Hello", "One"], data.Select(static item => ((string)item!["content"]![0]!["text"]!).Split(' ')[0]));
        Assert.Equal(["user", "assistant", "assistant", "user"], data.Select(static item => (string?)item!["role"]));
        Assert.Equal(["input_text", "output_text", "output_text", "input_text"], data.Select(static item => (string?)item!["content"]![0]!["type"]));
        Assert.All(data, static item => Assert.Equal("message", (string?)item!["type"]));
        Assert.Equal(("list", false, (string?)data[0]!["id"], (string?)data[^1]!["id"]), ((string?)list["object"], (bool)list["has_more"]!, (string?)list["first_id"], (string?)list["last_id"]));
        Assert.Equal(4, data.Select(static item => (string?)item!["id"]).Distinct().Count());
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Pages_join_to_the_whole(string order)
    {
        await using World world = await World.StartAsync(StoredResponseTests.Keeping());
        string id = await ConversationAsync(world);
        string[] whole = IdsOf(await ListAsync(world, id, "?order=" + order));
        List<string> joined = [];
        JsonNode page = await ListAsync(world, id, $"?limit=3&order={order}");
        Assert.True((bool)page["has_more"]!);
        joined.AddRange(IdsOf(page));
        page = await ListAsync(world, id, $"?limit=3&order={order}&after={page["last_id"]}");
        Assert.False((bool)page["has_more"]!);
        joined.AddRange(IdsOf(page));
        Assert.Equal(whole, joined);
        Assert.Empty(IdsOf(await ListAsync(world, id, $"?order={order}&after={page["last_id"]}")));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=101", "limit")]
    [InlineData("?limit=many", "limit")]
    [InlineData("?order=up", "order")]
    [InlineData("?after=msg_none", "after")]
    public async Task What_cannot_be_listed_is_said(string query, string parameter)
    {
        await using World world = await World.StartAsync(StoredResponseTests.Keeping());
        string id = await ConversationAsync(world);
        Got got = await world.GetAsync($"/v1/responses/{id}/input_items{query}");
        Assert.Equal((400, parameter), (got.Status, (string?)JsonNode.Parse(got.Body)!["error"]!["param"]));
    }

    private static string[] IdsOf(JsonNode list) => [.. list["data"]!.AsArray().Select(static item => (string)item!["id"]!)];

    private static async Task<JsonNode> ListAsync(World world, string id, string query = "")
    {
        Got got = await world.GetAsync($"/v1/responses/{id}/input_items{query}");
        Assert.True(got.Status is 200, got.Body);
        return JsonNode.Parse(got.Body)!;
    }

    private static async Task<string> ConversationAsync(World world)
    {
        string first = (string)(await StoredResponseTests.AskAsync(world, "claude", false, "One"))["id"]!;
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","previous_response_id":"{{first}}","input":[{"role":"assistant","content":"Two"},{"role":"user","content":"Three"}]}""");
        return (string)JsonNode.Parse(got.Body)!["id"]!;
    }
}
