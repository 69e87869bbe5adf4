using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>A gateway whose keys are in a file.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys").FullName;

    private string File => Path.Combine(_folder, "gateway.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Keys_and_what_they_spent_are_there_after_a_restart()
    {
        string key;
        using (var store = new SqliteGatewayStore(File))
        {
            await using KeyWorld world = await KeyWorld.StartAsync(store);
            await world.ManageAsync("/team/new", """{"team_id":"t","max_budget":0.4}""");
            key = await world.KeyAsync("""{"team_id":"t","models":["chat"],"tags":["x"]}""");
            Assert.Equal((200, 200), ((await world.ChatAsync(key)).Status, (await world.ChatAsync(key)).Status));
        }

        using var again = new SqliteGatewayStore(File);
        await using KeyWorld next = await KeyWorld.StartAsync(again);
        Assert.Equal(200, (await next.ChatAsync(key)).Status);
        Assert.Equal(429, (await next.ChatAsync(key)).Status);
        Assert.Equal(404, (await next.ChatAsync(key, "pair")).Status);
        Assert.Equal(0.45m, await next.SpendAsync(key));
        Assert.Equal(3, (int)(await next.ReadAsync("/spend/tags"))[0]!["log_count"]!);
        Assert.Equal(3, (await next.ReadAsync($"/spend/logs?api_key={key}")).AsArray().Count);
    }

    [Fact]
    public async Task No_key_is_in_the_file()
    {
        string key;
        using (var store = new SqliteGatewayStore(File))
        {
            await using KeyWorld world = await KeyWorld.StartAsync(store);
            key = await world.KeyAsync("""{"key_alias":"found"}""");
            await world.ChatAsync(key);
            await world.ChatAsync("sk-a-wrong-one");
        }

        string all = string.Join('\n', Directory.GetFiles(_folder).Select(static file => System.Text.Encoding.Latin1.GetString(System.IO.File.ReadAllBytes(file))));
        Assert.Contains("found", all);
        foreach (string secret in (string[])[key, key[3..], KeyWorld.Master, "sk-a-wrong-one", "Hello"]) Assert.DoesNotContain(secret, all);
    }

    [Theory]
    [InlineData("x'; DROP TABLE account; --")]
    [InlineData("\" OR \"\"=\"")]
    [InlineData("%_\\")]
    public async Task Sql_in_names_is_text(string text)
    {
        using var store = new SqliteGatewayStore(File);
        await using KeyWorld world = await KeyWorld.StartAsync(store);
        await world.KeyAsync();
        string name = JsonValue.Create(text).ToJsonString();
        await world.ManageAsync("/team/new", $$$"""{"team_id":{{{name}}},"team_alias":{{{name}}},"metadata":{"x":{{{name}}}}}""");
        string key = await world.KeyAsync($$"""{"team_id":{{name}},"user_id":{{name}},"key_alias":{{name}},"tags":[{{name}}]}""");
        Assert.Equal(200, (await world.ChatAsync(key, "chat", ("x-litellm-tags", text), ("x-litellm-end-user-id", text))).Status);
        string escaped = Uri.EscapeDataString(text);
        Assert.Equal(1, (int)(await world.ReadAsync($"/key/list?key_alias={escaped}&team_id={escaped}&user_id={escaped}"))["total_count"]!);
        Assert.Equal(2, (int)(await world.ReadAsync("/key/list"))["total_count"]!);
        Assert.Equal(text, (string)(await world.ReadAsync($"/spend/logs?user_id={escaped}"))[0]!["end_user"]!);
        Assert.Empty((await world.ReadAsync($"/spend/logs?request_id={escaped}")).AsArray());
        await world.ManageAsync("/team/delete", $$"""{"team_ids":[{{name}}]}""");
        Assert.Equal(1, (int)(await world.ReadAsync("/key/list"))["total_count"]!);
    }
}
