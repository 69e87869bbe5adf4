using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Page.Data;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Page;

/// <summary>Deployments on the page: their state, what can be done to them, and what takes over from what.</summary>
public sealed class PageDeploymentTests
{
    private const string First = "openai/gpt-4o-mini";
    private const string Second = "anthropic/claude-haiku-4-5";

    [Fact]
    public async Task The_state_of_each_deployment_is_told()
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        world.Providers![First].Next(Fault.Status(503), 1);
        await world.PostAsync("/v1/chat/completions", Ask("pair"));
        JsonNode first = (await DeploymentsAsync(world, "pair"))[First];
        Assert.Equal(("CoolingDown", "Overloaded", 1, 1, 0), ((string)first["health"]!, (string)first["lastFailure"]!, (int)first["calls"]!, (int)first["failures"]!, (int)first["order"]!));
        Assert.True((double)first["cooldown"]! > 0);
        JsonNode second = (await DeploymentsAsync(world, "pair"))[Second];
        Assert.Equal(("Healthy", 1, true), ((string)second["health"]!, (int)second["order"]!, (double)second["latencyP50"]! > 0));
        Assert.True((decimal)second["spend"]!["spent"]! > 0);
    }

    [Fact]
    public async Task A_deployment_is_drained_disabled_enabled_and_weighed()
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        async Task<string> AnsweringAsync() => (await world.PostAsync("/v1/chat/completions", Ask("pair"))).Headers["x-routergen-deployment"];
        Assert.Equal(First, await AnsweringAsync());
        foreach ((string action, string health) in ((string, string)[])[("drain", "Drained"), ("disable", "Disabled")])
        {
            Assert.Equal(health, (string)(await ActAsync(world, 200, action))["health"]!);
            Assert.Equal(Second, await AnsweringAsync());
            Assert.Equal("Healthy", (string)(await ActAsync(world, 200, "enable"))["health"]!);
            Assert.Equal(First, await AnsweringAsync());
        }

        Assert.Equal(0.25, (double)(await ActAsync(world, 200, "weigh", ",\"weight\":0.25"))["weight"]!);
        Assert.Equal(0.25, (double)(await DeploymentsAsync(world, "pair"))[First]["weight"]!);
    }

    [Theory]
    [InlineData(400, "weigh", "")]
    [InlineData(400, "weigh", ",\"weight\":0")]
    [InlineData(400, "weigh", ",\"weight\":1e300")]
    [InlineData(400, "weigh", ",\"weight\":\"1\"")]
    [InlineData(400, "explode", "")]
    [InlineData(404, "drain", "", "nowhere", First)]
    [InlineData(404, "drain", "", "pair", "nothing")]
    public async Task What_cannot_be_done_is_refused(int status, string action, string more, string group = "pair", string deployment = First)
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        Assert.NotNull((await ActAsync(world, status, action, more, group, deployment))["error"]!["message"]);
        Assert.All((await DeploymentsAsync(world, "pair")).Values, static one => Assert.Equal(("Healthy", 1d), ((string)one["health"]!, (double)one["weight"]!)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"drain\"")]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_is_no_action_is_refused(string? body)
    {
        body ??= "{\"action\":\"" + new string('x', 5000) + "\"}";
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        Assert.InRange((await world.PostAsync("/ui/api/deployments", body)).Status, 400, 404);
    }

    [Fact]
    public async Task All_three_kinds_of_fallbacks_are_told_also_to_groups_that_are_not_listed()
    {
        using var models = RouterModels.Parse("""
            { "groups": {
                "a": { "deployments": [{ "model": "openai/gpt-4o-mini", "weight": 2 }, { "model": "openai/gpt-4o", "order": 1 }], "fallbacks": ["b", "c"], "contextWindowFallbacks": ["c"], "contentPolicyFallbacks": ["b"] },
                "b": { "deployments": ["anthropic/claude-haiku-4-5"], "fallbacks": ["a"] },
                "c": { "deployments": ["openai/gpt-4.1"] } } }
            """);
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new GraphData(new ModelGroups(models.Find("a")!)).ReadAsync(context);
        JsonArray groups = JsonNode.Parse(body.ToArray())!["groups"]!.AsArray();
        Assert.Equal(["a", "b", "c"], groups.Select(static group => (string)group!["name"]!));
        Assert.Equal("""["b","c"] ["c"] ["b"]""", string.Join(' ', ((string[])["fallbacks", "contextWindowFallbacks", "contentPolicyFallbacks"]).Select(kind => groups[0]![kind]!.ToJsonString())));
        Assert.Equal([(2d, 0), (1d, 1)], groups[0]!["deployments"]!.AsArray().Select(static one => ((double)one!["weight"]!, (int)one["order"]!)));
        Assert.Equal("""["a"]""", groups[1]!["fallbacks"]!.ToJsonString());
    }

    [Fact]
    public async Task The_playground_asks_as_clients_do()
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right", Page = new PageOptions() });
        (string, string) key = ("authorization", "Bearer sk-right");
        Got streamed = await world.PostAsync("/ui/api/playground", """{"model":"chat","stream":true,"messages":[{"role":"user","content":"Hello"}]}""", key);
        Assert.Equal(("text/event-stream", First), (streamed.Headers["Content-Type"], streamed.Headers["x-routergen-deployment"]));
        Assert.Contains("[DONE]", streamed.Body, StringComparison.Ordinal);
        JsonNode kept = await world.RequestAsync(streamed, key);
        Assert.Equal(("/playground", true, 1), ((string)kept["endpoint"]!, (bool)kept["isStreaming"]!, kept["attempts"]!.AsArray().Count));
        Assert.Equal(404, (await world.PostAsync("/ui/api/playground", Ask("nowhere"), key)).Status);
    }

    private static string Ask(string model) => $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello"}]}""";

    private static async Task<JsonNode> ActAsync(World world, int status, string action, string more = "", string group = "pair", string deployment = First)
    {
        Got got = await world.PostAsync("/ui/api/deployments", $$"""{"group":"{{group}}","deployment":"{{deployment}}","action":"{{action}}"{{more}}}""");
        Assert.Equal(status, got.Status);
        return JsonNode.Parse(got.Body)!;
    }

    private static async Task<Dictionary<string, JsonNode>> DeploymentsAsync(World world, string group)
    {
        JsonArray groups = (await world.ReadAsync("/ui/api/deployments"))["groups"]!.AsArray();
        return groups.Single(one => (string)one!["name"]! == group)!["deployments"]!.AsArray().ToDictionary(static one => (string)one!["name"]!, static one => one!);
    }
}
