using Microsoft.Extensions.Logging;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Operations;

/// <summary>The log of requests: one entry each, with names and numbers alone.</summary>
public sealed class AccessLogTests
{
    [Fact]
    public async Task Each_request_is_logged_once_with_how_it_went()
    {
        await using World world = await World.StartAsync();
        world.Providers!["openai/gpt-4o-mini"].Next(Fault.Status(500));
        Got got = await world.PostAsync("/v1/chat/completions", """{"model":"pair","messages":[{"role":"user","content":"Hello"}]}""", ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        await world.PostAsync("/v1/messages", "{");
        await Wait.UntilAsync(() => Entries(world).Length == 2);

        Logged[] entries = Entries(world);
        Assert.All(entries, static entry => Assert.Equal((121, LogLevel.Information), (entry.Event, entry.Level)));
        Dictionary<string, object?> answered = entries[0].Fields;
        Assert.Equal(got.Headers["x-request-id"], answered["Id"]);
        Assert.Equal(("/chat/completions", "pair", 200, ""), (answered["Endpoint"], answered["Group"], answered["Status"], answered["Error"]));
        Assert.Equal(("anthropic/claude-haiku-4-5", "claude-haiku-4-5", 2, false), (answered["Deployment"], answered["Model"], answered["Attempts"], answered["Streaming"]));
        Assert.True((long)answered["InputTokens"]! > 0 && (long)answered["OutputTokens"]! > 0 && (decimal)answered["CostUsd"]! > 0);
        Assert.True((double)answered["DurationMs"]! >= (double)answered["FirstByteMs"]!);
        Assert.Equal(("/messages", "", 400, "invalid_request", 0), (entries[1].Fields["Endpoint"], entries[1].Fields["Group"], entries[1].Fields["Status"], entries[1].Fields["Error"], entries[1].Fields["Attempts"]));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", answered["TraceId"]);
    }

    [Fact]
    public async Task A_client_that_leaves_is_logged_with_what_it_cost()
    {
        await using World world = await World.StartAsync();
        DeploymentScript deployment = world.Providers!["openai/gpt-4o-mini"];
        deployment.Always(Fault.StallAfter(2));
        using (RawClient client = await RawClient.ConnectAsync(world))
        {
            await client.SendAsync(RawClient.Request("/v1/chat/completions", """{"model":"chat","stream":true,"messages":[{"role":"user","content":"Good morning to all of you"}]}"""));
            await client.ReadToAsync("Hello");
        }

        await deployment.WaitUntilAsync(static script => script is { InFlight: 0, Aborted: 1 });
        await Wait.UntilAsync(() => Entries(world).Length == 1);
        Dictionary<string, object?> left = Entries(world)[0].Fields;
        Assert.Equal((499, "client_left", true), (left["Status"], left["Error"], left["Streaming"]));
        Assert.True((long)left["InputTokens"]! > 0 && (long)left["OutputTokens"]! > 0 && (decimal)left["CostUsd"]! > 0, "What arrived is billed.");
    }

    [Fact]
    public async Task A_key_is_named_and_not_told()
    {
        await using KeyWorld keys = await KeyWorld.StartAsync();
        string named = await keys.KeyAsync("""{"key_alias":"accounts"}"""), nameless = await keys.KeyAsync("{}");
        foreach (string key in new[] { named, nameless, KeyWorld.Master, "sk-nonesuch" }) await keys.ChatAsync(key);
        await Wait.UntilAsync(() => Entries(keys.World).Length == 4);
        Assert.Equal(["accounts", $"sk-...{nameless[^4..]}", "(master key)", ""], Entries(keys.World).Select(static entry => entry.Fields["Key"]));
        Assert.DoesNotContain(Entries(keys.World), entry => entry.Text.Contains(named, StringComparison.Ordinal) || entry.Text.Contains(nameless, StringComparison.Ordinal) || entry.Text.Contains(KeyWorld.Master, StringComparison.Ordinal));
    }

    private static Logged[] Entries(World world) => world.Logs.Of("RouterGen.Gateway.Access");
}
