using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests;

/// <summary>The gateway's own key, and what it tells of models and health.</summary>
public sealed class AccessTests
{
    private const string Chat = """{"model":"chat","max_tokens":9,"messages":[{"role":"user","content":"Hello"}]}""";

    public static readonly TheoryData<string> Paths = ["/v1/chat/completions", "/v1/messages", "/v1/responses", "/v1/embeddings", "/chat/completions", "/v1/messages/count_tokens", "/v1/responses/input_tokens"];

    [Theory, MemberData(nameof(Paths))]
    public async Task Nothing_is_answered_without_the_key(string path)
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        (string, string)[][] wrong = [[], [("authorization", "Bearer sk-wrong")], [("x-api-key", "sk-righ")], [("authorization", "Basic sk-right")], [("authorization", "Bearer "), ("api-key", "SK-RIGHT")]];
        foreach ((string, string)[] headers in wrong)
        {
            Got got = await world.PostAsync(path, Chat, headers);
            Assert.Equal(401, got.Status);
            Assert.DoesNotContain("sk-right", got.Body);
            Assert.DoesNotContain("sk-wrong", got.Body);
        }

        Assert.Equal(0, world.Providers!["openai/gpt-4o-mini"].Calls);
    }

    [Theory]
    [InlineData("authorization", "Bearer sk-right")]
    [InlineData("authorization", "bearer  sk-right ")]
    [InlineData("x-api-key", "sk-right")]
    [InlineData("api-key", "sk-right")]
    [InlineData("x-goog-api-key", "sk-right")]
    public async Task The_key_may_be_where_any_client_puts_it(string header, string value)
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        Assert.Equal(200, (await world.PostAsync("/v1/chat/completions", Chat, (header, value))).Status);
    }

    [Fact]
    public async Task The_key_never_reaches_a_provider()
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        await world.PostAsync("/v1/chat/completions", Chat, ("authorization", "Bearer sk-right"), ("x-api-key", "sk-right"));
        Assert.DoesNotContain("sk-right", string.Join(' ', Assert.Single(world.Providers!["openai/gpt-4o-mini"].Requests).Headers.Select(static header => header.Value)));
    }

    [Fact]
    public void An_empty_key_opens_nothing() => Assert.Throws<ArgumentException>(static () => new GatewayOptions { MasterKey = " " });

    [Fact]
    public async Task Health_is_told_to_all_and_its_details_to_those_with_the_key()
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        Assert.Equal((200, 200, 200, 401), ((await world.GetAsync("/health/liveliness")).Status, (await world.GetAsync("/health/liveness")).Status, (await world.GetAsync("/health/readiness")).Status, (await world.GetAsync("/health")).Status));

        world.Providers!["openai/gpt-4o-mini"].Always(Fault.Status(503));
        await world.PostAsync("/v1/chat/completions", Chat, ("x-api-key", "sk-right"));
        JsonNode details = JsonNode.Parse((await world.GetAsync("/health", ("x-api-key", "sk-right"))).Body)!;
        JsonNode ailing = details["unhealthy_endpoints"]!.AsArray().First(static one => (string)one!["model_name"]! == "chat")!;
        Assert.Equal(("CoolingDown", "Overloaded"), ((string)ailing["health"]!, (string)ailing["last_failure"]!));
        Assert.True((int)details["healthy_count"]! > 0);
    }

    [Fact]
    public async Task Models_are_listed_with_windows_and_prices()
    {
        await using World world = await World.StartAsync();
        JsonNode list = JsonNode.Parse((await world.GetAsync("/v1/models")).Body)!;
        JsonNode chat = list["data"]!.AsArray().First(static one => (string)one!["id"]! == "chat")!;
        Assert.Equal(128_000, (int)chat["context_length"]!);
        Assert.Equal("0.00000015", (string)chat["pricing"]!["prompt"]!);
        Assert.Equal(("model", "model"), ((string)chat["object"]!, (string)chat["type"]!));
        Assert.Equal(list["data"]!.AsArray().Count, list["models"]!.AsArray().Count);
    }

    [Fact]
    public void Groups_of_a_class_are_found_by_their_names()
    {
        using var models = RouterModels.Parse("""{ "groups": { "a": { "deployments": ["openai/gpt-4o-mini"] }, "b": { "deployments": ["openai/gpt-4o"] } } }""");
        var groups = new ModelGroups(models.Groups);
        Assert.Same(models.Groups[1], groups.Find("b"));
        Assert.Null(groups.Find("c"));
        Assert.Throws<ArgumentException>(() => new ModelGroups(models.Groups[0], models.Groups[0]));
    }
}
