using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>What a model thought, and wants back of it, goes through clients of other dialects and comes back to it as it was.</summary>
public sealed class ReasoningTests
{
    public static readonly TheoryData<string, bool> Others = new() { { "chat", false }, { "chat", true }, { "responses", false }, { "responses", true } };

    [Theory, MemberData(nameof(Others))]
    public async Task Claude_has_its_signatures_back(string dialect, bool stream)
    {
        var upstream = new Upstream();
        if (stream) upstream.ThenStream(Wire.ClaudeThinksInPieces);
        else upstream.Then(Wire.ClaudeThinks);
        await using World world = await World.StartAsync(upstream);
        JsonNode second = await GoOnAsync(world, upstream, Client.Of(dialect), "claude", stream);
        JsonNode assistant = Assert.Single(second["messages"]!.AsArray(), message => (string?)message!["role"] is "assistant")!;
        Assert.Equal(
            """[{"type":"thinking","thinking":"Where is it?","signature":"SIG=="},{"type":"redacted_thinking","data":"HIDDEN=="},{"type":"text","text":"Let me look."},{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Kiel"}}]""",
            assistant["content"]!.ToJsonString());
    }

    [Theory]
    [InlineData("chat", false)]
    [InlineData("chat", true)]
    [InlineData("messages", false)]
    [InlineData("messages", true)]
    public async Task OpenAI_has_its_encrypted_thoughts_back(string dialect, bool stream)
    {
        var upstream = new Upstream();
        if (stream) upstream.ThenStream(Wire.OpenAIThinksInPieces);
        else upstream.Then(Wire.OpenAIThinks);
        await using World world = await World.StartAsync(upstream);
        JsonNode second = await GoOnAsync(world, upstream, Client.Of(dialect), "responses", stream);
        JsonNode reasoning = Assert.Single(second["input"]!.AsArray(), item => (string?)item!["type"] is "reasoning")!;
        Assert.Equal("SECRET==", (string?)reasoning["encrypted_content"]);
        Assert.Equal("rs_1", (string?)reasoning["id"]);
    }

    [Theory]
    [InlineData("chat", false)]
    [InlineData("chat", true)]
    [InlineData("messages", false)]
    [InlineData("messages", true)]
    [InlineData("responses", false)]
    [InlineData("responses", true)]
    public async Task Gemini_has_the_signature_of_its_call_back(string dialect, bool stream)
    {
        var upstream = new Upstream();
        if (stream) upstream.ThenStream(Wire.Unnamed(Wire.GeminiThinks.Trim()));
        else upstream.Then(Wire.GeminiThinks);
        await using World world = await World.StartAsync(upstream);
        JsonNode second = await GoOnAsync(world, upstream, Client.Of(dialect), "gemini", stream);
        JsonNode call = Assert.Single(second["contents"]!.AsArray().SelectMany(content => content!["parts"]!.AsArray()), part => part!["functionCall"] is not null)!;
        Assert.Equal("U0lHTkVE", (string?)call["thoughtSignature"]);
    }

    [Fact]
    public async Task State_of_another_model_is_not_passed_on_as_it_is()
    {
        Upstream upstream = new Upstream().Then(Wire.OpenAIThinks).Then(Wire.Short("claude", "end_turn"));
        await using World world = await World.StartAsync(upstream);
        var client = new MessagesClient();
        JsonNode[] conversation = client.User("Weather?");
        Answered first = await client.AskAsync(world, client.WithTool(client.Request("responses", false, conversation), "weather"));
        Assert.Contains("rg1 ", first.Again[0].ToJsonString(), StringComparison.Ordinal);

        JsonObject request = client.WithTool(client.Request("claude", false, [.. conversation, .. first.Again, .. client.Result(first.Calls[0].Id, "Rain")]), "weather");
        Answered second = await client.AskAsync(world, request);
        Assert.Equal("TEXT", second.Text);
        Assert.DoesNotContain("rg1 ", upstream.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains("\"tool_result\"", upstream.Requests[1].Body, StringComparison.Ordinal);
    }

    /// <summary>Asks, and asks again with the answer, the result of its call, and a word more.</summary>
    private static async Task<JsonNode> GoOnAsync(World world, Upstream upstream, Client client, string group, bool stream)
    {
        JsonNode[] conversation = client.User("Weather?");
        Answered answer = await client.AskAsync(world, client.WithTool(client.Request(group, stream, conversation), "weather"));
        Assert.Equal("Where is it?", answer.Thoughts);
        Assert.Equal((125, 7), (answer.Input, answer.Output));
        (string id, string name, _) = Assert.Single(answer.Calls);
        Assert.Equal("weather", name);
        await client.AskAsync(world, client.WithTool(client.Request(group, stream, [.. conversation, .. answer.Again, .. client.Result(id, "Rain")]), "weather"));
        return JsonNode.Parse(upstream.Requests[1].Body)!;
    }
}
