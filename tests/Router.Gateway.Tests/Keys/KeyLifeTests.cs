using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>A key from its making to its end: what it opens, what it spends, and what refuses it.</summary>
public sealed class KeyLifeTests
{
    [Fact]
    public async Task A_key_is_made_used_and_counted_and_its_budget_refuses()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        JsonNode made = await world.ManageAsync("/key/generate", """{"models":["chat"],"max_budget":0.3,"budget_duration":"1d","key_alias":"first","metadata":{"user":"a@b.example"}}""");
        string key = (string)made["key"]!;
        Assert.Matches("^sk-[A-Za-z0-9_-]{43}$", key);
        Assert.Equal($"sk-...{key[^4..]}", (string)made["key_name"]!);
        Assert.Equal(0, (decimal)made["spend"]!);

        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Assert.Equal(0.15m, await world.SpendAsync(key));
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Got refused = await world.ChatAsync(key);
        Assert.Equal(429, refused.Status);
        JsonNode error = JsonNode.Parse(refused.Body)!["error"]!;
        Assert.Equal(("budget_exceeded", "budget_exceeded"), ((string)error["type"]!, (string)error["code"]!));
        Assert.Equal("The budget of key 'first' for 1d is 0.3 USD, of which 0.3 USD are spent. It begins again at 2026-01-02T00:00:00Z.", (string)error["message"]!);
        Assert.Equal(("86400", "false"), (refused.Headers["Retry-After"], refused.Headers["x-should-retry"]));
        Assert.Equal(2, world.Upstream.Calls);

        world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
        Assert.Equal(0.15m, await world.SpendAsync(key));
        JsonNode log = await world.ReadAsync($"/spend/logs?api_key={key}");
        Assert.Equal(3, log.AsArray().Count);
        Assert.Equal(("chat", "openai/gpt-4o-mini", 1_000_000, 0.15m, "success"), ((string)log[0]!["model_group"]!, (string)log[0]!["model"]!, (int)log[0]!["prompt_tokens"]!, (decimal)log[0]!["spend"]!, (string)log[0]!["status"]!));
    }
}
