using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Responses;

/// <summary>A gateway whose responses are in the file of its keys.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("responses").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_conversation_goes_on_after_a_restart()
    {
        string key, id;
        using (SqliteGatewayStore store = Open())
        {
            await using KeyWorld world = await StartAsync(store);
            key = await world.KeyAsync();
            id = (string)(await AskAsync(world, key, "One", null))["id"]!;
        }

        using SqliteGatewayStore again = Open();
        await using KeyWorld next = await StartAsync(again);
        JsonNode second = await AskAsync(next, key, "Two", id);
        Assert.Equal(id, (string?)second["previous_response_id"]);
        Assert.Equal(200, (await next.World.GetAsync($"/v1/responses/{id}", ("authorization", $"Bearer {key}"))).Status);
        Assert.Equal(404, (await next.World.GetAsync($"/v1/responses/{id}", ("authorization", $"Bearer {KeyWorld.Master}"))).Status);
    }

    [Fact]
    public async Task Nothing_of_a_response_that_is_not_to_be_kept_is_in_the_file()
    {
        using (SqliteGatewayStore store = Open())
        {
            await using KeyWorld world = await StartAsync(store);
            string key = await world.KeyAsync();
            await AskAsync(world, key, "to-be-kept", null);
            await AskAsync(world, key, "not-to-be-kept", null, """, "store":false""");
            await world.World.PostAsync("/v1/chat/completions", """{"model":"chat","store":true,"messages":[{"role":"user","content":"not-of-responses"}]}""", ("authorization", $"Bearer {key}"));
        }

        string all = string.Join('\n', Directory.GetFiles(_folder).Select(static file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        Assert.Contains("to-be-kept", all, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-kept", all, StringComparison.Ordinal);
        Assert.DoesNotContain("not-of-responses", all, StringComparison.Ordinal);
    }

    private SqliteGatewayStore Open() => new(Path.Combine(_folder, "gateway.db"));

    private static Task<KeyWorld> StartAsync(SqliteGatewayStore store) => KeyWorld.StartAsync(store, options => options.Responses.Store = store.Responses);

    private static async Task<JsonNode> AskAsync(KeyWorld world, string key, string input, string? previous, string more = "")
    {
        string before = previous is null ? "" : $$""", "previous_response_id":"{{previous}}" """;
        Got got = await world.World.PostAsync("/v1/responses", $$"""{"model":"chat","input":"{{input}}"{{before}}{{more}}}""", ("authorization", $"Bearer {key}"));
        Assert.True(got.Status is 200, got.Body);
        return JsonNode.Parse(got.Body)!;
    }
}
