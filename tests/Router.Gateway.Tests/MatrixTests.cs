using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>Each dialect in, to each dialect out, whole and streamed.</summary>
public sealed class MatrixTests
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    public static readonly Dictionary<string, string> Deployments = new()
    {
        ["chat"] = "openai/gpt-4o-mini",
        ["responses"] = "responses/gpt-5-mini",
        ["claude"] = "anthropic/claude-haiku-4-5",
        ["gemini"] = "gemini/gemini-3.5-flash",
        ["converse"] = "converse/anthropic.claude-haiku-4-5-20251001-v1:0",
    };

    public static TheoryData<string, string, bool> All()
    {
        var all = new TheoryData<string, string, bool>();
        foreach (string dialect in (string[])["chat", "messages", "responses"])
        {
            foreach (string group in Deployments.Keys)
            {
                all.Add(dialect, group, false);
                all.Add(dialect, group, true);
            }
        }

        return all;
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_text_is_answered_and_counted(string dialect, string group, bool stream)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        Answered answer = await client.AskAsync(world, client.Request(group, stream, client.User("Good morning")));
        Assert.EndsWith("""You said: "Good morning".""".TrimEnd('.'), answer.Text, StringComparison.Ordinal);
        Assert.Equal(client.Reasons.End, answer.Reason);
        Assert.True(answer is { Input: > 0, Output: > 0, Calls.Length: 0 }, answer.ToString());
        Assert.Equal(1, world.Providers![Deployments[group]].Calls);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_tool_is_called_and_its_result_read(string dialect, string group, bool stream)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        JsonNode[] conversation = client.User("""Please call weather {"city":"Kiel"}""");
        Answered answer = await client.AskAsync(world, client.WithTool(client.Request(group, stream, conversation), "weather"));
        Assert.Equal(client.Reasons.Call, answer.Reason);
        (string id, string name, string arguments) = Assert.Single(answer.Calls);
        Assert.Equal("weather", name);
        Assert.Equal("Kiel", (string?)JsonNode.Parse(arguments)!["city"]);

        answer = await client.AskAsync(world, client.WithTool(client.Request(group, stream, [.. conversation, .. answer.Again, .. client.Result(id, "It rains")]), "weather"));
        Assert.EndsWith("""The tool said: "It rains".""".TrimEnd('.'), answer.Text, StringComparison.Ordinal);
        Assert.Equal(client.Reasons.End, answer.Reason);
    }

    [Theory, MemberData(nameof(All))]
    public async Task An_image_arrives(string dialect, string group, bool stream)
    {
        await using World world = await World.StartAsync();
        var client = Client.Of(dialect);
        await client.AskAsync(world, client.Request(group, stream, client.User("What is it?", Pixel)));
        RecordedRequest request = Assert.Single(world.Providers![Deployments[group]].Requests);
        Assert.Contains(Pixel, request.Body, StringComparison.Ordinal);
        Assert.Contains("What is it?", request.Body, StringComparison.Ordinal);
    }
}
