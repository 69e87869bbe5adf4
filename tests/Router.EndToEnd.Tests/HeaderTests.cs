using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Headers of a deployment's own, as they arrive.</summary>
public sealed class HeaderTests
{
    [Fact]
    public async Task They_arrive_with_the_values_of_variables_and_are_seen_nowhere()
    {
        await using World world = await World.StartAsync();
        world.Script(Dialect.AnthropicMessages).Always(Fault.Status(500));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => world.Fleet.AnthropicHeaded.AskAsync(Way.Whole));

        IReadOnlyDictionary<string, string> headers = Assert.Single(world.Script(Dialect.AnthropicMessages).Requests).Headers;
        Assert.Equal("context-1m-2025-08-07", headers["anthropic-beta"]);
        Assert.Equal("2023-06-01", headers["anthropic-version"]);
        Assert.Equal(World.Team, headers["X-Team"]);
        Assert.Equal(World.AnthropicKey, headers["x-api-key"]);
        Assert.DoesNotContain(World.Team, failure.ToString());
        Assert.DoesNotContain(world.Log.Entries, entry => entry.Text.Contains(World.Team, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_wire_format_sends_too_is_joined(bool isStreamed)
    {
        await using World world = await World.StartAsync();
        var options = new ChatOptions { Tools = [new HostedMcpServerTool("docs", "https://mcp.example.com")] };

        if (isStreamed) await world.Fleet.AnthropicHeaded.StreamAsync("Hi", options).ToListAsync();
        else await world.Fleet.AnthropicHeaded.CompleteAsync("Hi", options);

        Assert.Equal("context-1m-2025-08-07, mcp-client-2025-11-20", Assert.Single(world.Script(Dialect.AnthropicMessages).Requests).Headers["anthropic-beta"]);
    }

    [Fact]
    public async Task A_call_without_what_needs_them_has_the_deployments_alone()
    {
        await using World world = await World.StartAsync();

        await world.Fleet.AnthropicOnce.AskAsync(Way.Whole);

        Assert.False(Assert.Single(world.Script(Dialect.AnthropicMessages).Requests).Headers.ContainsKey("anthropic-beta"));
    }
}
