using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class SuitabilityTests
{
    private const ModelCapabilities All = ModelCapabilities.Tools | ModelCapabilities.Vision | ModelCapabilities.Audio | ModelCapabilities.Documents | ModelCapabilities.JsonSchema;

    private readonly RouterContext _context = Subjects.Context(variables: static name => name == "KEY" ? "sk-key" : null);

    [Theory]
    [InlineData("", "", "plain free paid gdpr both")]
    [InlineData("paid", "", "paid both")]
    [InlineData("PAID", "", "paid both")]
    [InlineData("paid free", "", "free paid both")]
    [InlineData("all paid gdpr", "", "both")]
    [InlineData("all paid paid", "", "paid both")]
    [InlineData("", "gdpr", "plain free paid")]
    [InlineData("", "GDPR free", "plain paid")]
    [InlineData("paid", "gdpr", "paid")]
    [InlineData("pai", "", "")]
    public void Tags_are_demanded_and_excluded(string tags, string excluded, string expected)
    {
        string[] wanted = tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool all = wanted is ["all", ..];
        var routing = new CallOptions { Tags = all ? wanted[1..] : wanted, TagMatch = all ? TagMatch.All : TagMatch.Any, ExcludedTags = excluded.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        AssertSuited(expected, Subjects.Call(routing: routing), Make("plain"), Make("free", tags: ["free"]), Make("paid", tags: ["paid"]), Make("gdpr", tags: ["gdpr"]), Make("both", tags: ["GDPR", "Paid"]));
    }

    [Theory]
    [InlineData("eu", "a b")]
    [InlineData("EU", "a b")]
    [InlineData("us-east-1", "c")]
    [InlineData("us", "")]
    public void A_region_is_kept_to(string region, string expected) => AssertSuited(
        expected, Subjects.Call(routing: new CallOptions { Region = region }), Make("a", region: "eu"), Make("b", region: "Eu"), Make("c", region: "us-east-1"), Make("nowhere"));

    [Fact]
    public void A_name_leaves_one()
    {
        DeploymentDefinition[] group = [Make("a"), Make("b"), Make("shadow", share: 0.1)];
        AssertSuited("b", Subjects.Call(routing: new CallOptions { Deployment = "b" }), group);
        AssertSuited("", Subjects.Call(routing: new CallOptions { Deployment = "B" }), group);
        AssertSuited("", Subjects.Call(routing: new CallOptions { Deployment = "shadow" }), group);
    }

    [Fact]
    public void A_shadow_suits_nobody() => AssertSuited("a", Subjects.Call(), Make("a"), Make("shadow", share: 1));

    [Theory]
    [InlineData(100, "small large huge unknown")]
    [InlineData(8_000, "small large huge unknown")]
    [InlineData(8_001, "large huge unknown")]
    [InlineData(200_001, "unknown")]
    public void Who_is_known_to_have_too_small_a_window_is_left_out(int tokens, string expected) =>
        AssertSuited(expected, Holding(new RequestShape(tokens, 50_000, ModelCapabilities.None)), Make("small", window: 8_000), Make("large", window: 128_000), Make("huge", window: 200_000), Make("unknown"));

    [Theory]
    [InlineData(200_000, "window input both")]
    [InlineData(272_001, "window input")]
    [InlineData(300_001, "window")]
    [InlineData(400_001, "window input both")] // None takes it, so the providers decide.
    public void A_prompt_goes_by_the_input_limit_where_one_is_known(int tokens, string expected) =>
        AssertSuited(expected, Holding(new RequestShape(tokens, 0, ModelCapabilities.None)), Make("window", window: 400_000), Make("input", input: 300_000), Make("both", window: 400_000, input: 272_000));

    [Fact]
    public void Where_no_window_is_large_enough_the_providers_decide() =>
        AssertSuited("small large", Holding(new RequestShape(200_000, 0, ModelCapabilities.None)), Make("small", window: 8_000), Make("large", window: 128_000));

    [Fact]
    public void A_large_window_without_a_key_is_none() =>
        AssertSuited("small large", Holding(new RequestShape(10_000, 0, ModelCapabilities.None)), Make("small", window: 8_000), Make("large", window: 128_000, key: "MISSING"));

    [Theory]
    [InlineData(ModelCapabilities.None, "none tools sees all")]
    [InlineData(ModelCapabilities.Tools, "tools all")]
    [InlineData(ModelCapabilities.Vision, "sees all")]
    [InlineData(ModelCapabilities.Tools | ModelCapabilities.Vision, "all")]
    [InlineData(ModelCapabilities.Audio | ModelCapabilities.JsonSchema, "all")]
    public void Who_cannot_do_what_the_request_asks_is_left_out(ModelCapabilities needs, string expected) =>
        AssertSuited(expected, Holding(new RequestShape(1, 0, needs)), Make("none"), Make("tools", ModelCapabilities.Tools), Make("sees", ModelCapabilities.Vision), Make("all", All));

    public static TheoryData<AITool, ModelCapabilities> ToolNeeds() => new()
    {
        { AIFunctionFactory.CreateDeclaration("f", null, default), ModelCapabilities.Tools },
        { new HostedWebSearchTool(), ModelCapabilities.WebSearch },
        { new HostedCodeInterpreterTool(), ModelCapabilities.CodeInterpreter },
        { new HostedMcpServerTool("s", "https://example.com"), ModelCapabilities.McpServers },
        { new HostedFileSearchTool(), ModelCapabilities.None },
    };

    [Theory]
    [MemberData(nameof(ToolNeeds))]
    public void A_tool_needs_a_model_that_has_it(AITool tool, ModelCapabilities needs)
    {
        Assert.Equal(needs, new ChatRequest([new(ChatRole.User, "Hi")], new ChatOptions { Tools = [tool] }, isStreaming: false).Shape.Needs);
        if (needs is ModelCapabilities.None) return;
        AssertSuited("has", Holding(new RequestShape(1, 0, needs)), Make("lacks"), Make("has", needs));
    }

    [Fact]
    public void Images_in_results_need_a_model_that_sees()
    {
        var image = new DataContent(new byte[1], "image/png");
        object[] results = [image, new List<AIContent> { new TextContent("x"), image }, JsonDocument.Parse("""{"content":[{"type":"text","text":"12345678"},{"type":"image","data":"AQ==","mimeType":"image/png"}]}""").RootElement];
        foreach (object result in results)
        {
            Assert.Equal(ModelCapabilities.Vision, Shape(new FunctionResultContent("c", result)).Needs);
        }

        Assert.Equal(ModelCapabilities.Vision, Shape(new ImageGenerationToolResultContent("g") { Outputs = [image] }).Needs);
        Assert.Equal(ModelCapabilities.None, Shape(new FunctionResultContent("c", JsonDocument.Parse("""{"content":[{"type":"image"},1]}""").RootElement.GetProperty("content")[1])).Needs);
        Assert.Equal(3, Shape(new FunctionResultContent("c", results[2])).InputTokens);
        Assert.Equal(1, Shape(new FunctionResultContent("c", image)).InputTokens);

        static RequestShape Shape(AIContent content) => new ChatRequest([new(ChatRole.Tool, [content])], null, isStreaming: false).Shape;
    }

    [Fact]
    public void What_nobody_can_do_narrows_nothing()
    {
        DeploymentDefinition[] group = [Make("none"), Make("tools", ModelCapabilities.Tools), Make("sees", ModelCapabilities.Vision)];
        AssertSuited("none tools sees", Holding(new RequestShape(1, 0, ModelCapabilities.Audio)), group);
        AssertSuited("tools", Holding(new RequestShape(1, 0, ModelCapabilities.Audio | ModelCapabilities.Tools)), group);
        AssertSuited("none tools sees", Holding(new RequestShape(1, 0, ModelCapabilities.Vision | ModelCapabilities.Tools)), group);
        AssertSuited("a b", Holding(new RequestShape(1, 0, ModelCapabilities.Tools)), Make("a"), Make("b", ModelCapabilities.Tools, key: "MISSING"));
    }

    [Fact]
    public void What_is_demanded_goes_before_what_the_catalog_says()
    {
        CallProfile call = Subjects.Call(routing: new CallOptions { Region = "eu" }) with { Request = new ShapedRequest(new RequestShape(10_000, 0, ModelCapabilities.Vision)) };
        AssertSuited("blind", call, Make("blind", window: 8_000, region: "eu"), Make("sees", ModelCapabilities.Vision, window: 128_000, region: "us"));
    }

    [Theory]
    [InlineData("tag:paid", "no deployment has the tag 'paid'")]
    [InlineData("tag:paid,gold", "no deployment has any of the tags 'paid', 'gold'")]
    [InlineData("all:free,gold", "no deployment has all of the tags 'free', 'gold'")]
    [InlineData("not:free,beta", "every deployment has an excluded tag ('free', 'beta')")]
    [InlineData("region:eu", "no deployment is in the region 'eu'")]
    [InlineData("name:c", "no deployment that answers callers is called 'c'")]
    [InlineData("name:a tag:beta", "no deployment meets all demands at once: name 'a'; any of the tags 'beta'")]
    [InlineData("region:us not:free", "no deployment meets all demands at once: region 'us'; none of the tags 'free'")]
    [InlineData("tag:free", null)]
    [InlineData("", null)]
    public void It_says_which_demand_nobody_meets(string demands, string? expected)
    {
        string[] Values(string kind) => [.. demands.Split(' ').Where(demand => demand.StartsWith(kind + ":", StringComparison.Ordinal)).SelectMany(demand => demand[(kind.Length + 1)..].Split(','))];
        var routing = new CallOptions
        {
            Deployment = Values("name").FirstOrDefault(),
            Region = Values("region").FirstOrDefault(),
            Tags = [.. Values("tag"), .. Values("all")],
            TagMatch = Values("all").Length > 0 ? TagMatch.All : TagMatch.Any,
            ExcludedTags = Values("not"),
        };
        Deployment[] deployments = Subjects.Deployments(_context, Make("a", tags: ["free"], region: "us"), Make("b", tags: ["beta"]), Make("c", tags: ["paid"], region: "eu", share: 0.5));
        Assert.Equal(expected, new Suitability(deployments).UnmetDemand(routing));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    [InlineData(2000)]
    public void In_large_groups_too(int count)
    {
        Deployment[] deployments = Subjects.Deployments(_context, [.. Enumerable.Range(0, count).Select(i => Make($"d{i}", i % 7 == 0 ? ModelCapabilities.Tools : ModelCapabilities.None, tags: i % 3 == 0 ? ["paid"] : []))]);
        CallProfile call = Subjects.Call(routing: new CallOptions { Tags = ["paid"] }) with { Request = new ShapedRequest(new RequestShape(1, 0, ModelCapabilities.Tools)) };
        DeploymentSet unsuited = new Suitability(deployments).Unsuitable(call);
        for (int i = 0; i < count; i++) Assert.Equal(i % 21 != 0, unsuited.Contains(i));
    }

    [Fact]
    public void Up_to_64_nothing_is_allocated_for_it()
    {
        Deployment[] deployments = Subjects.Deployments(_context, [.. Enumerable.Range(0, 64).Select(i => Make($"d{i}", i % 2 == 0 ? All : ModelCapabilities.None, tags: ["paid", "gdpr"], region: "eu", window: 8_000 + i))]);
        var suitability = new Suitability(deployments);
        CallProfile call = Subjects.Call(routing: new CallOptions { Tags = ["GDPR", "Paid"], TagMatch = TagMatch.All, ExcludedTags = ["beta"], Region = "eu" })
            with { Request = new ShapedRequest(new RequestShape(8_050, 0, ModelCapabilities.Tools)) };
        DeploymentSet unsuited = suitability.Unsuitable(call);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) unsuited = suitability.Unsuitable(call);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(unsuited.Contains(49) && !unsuited.Contains(50) && unsuited.Contains(51));
    }

    [Fact]
    public void A_request_shows_what_it_needs()
    {
        var image = new DataContent(new byte[] { 1 }, "image/png");
        AssertShape(4, 0, ModelCapabilities.None, new ChatMessage(ChatRole.User, "Hello, world!"));
        AssertShape(1, 0, ModelCapabilities.Vision, new ChatMessage(ChatRole.User, [image]));
        AssertShape(1, 0, ModelCapabilities.Vision, new ChatMessage(ChatRole.User, [new UriContent("https://images.example/1", "image/jpeg")]));
        AssertShape(1, 0, ModelCapabilities.Audio | ModelCapabilities.Documents, new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav"), new DataContent(new byte[] { 1 }, "application/pdf")]));
        AssertShape(1, 0, ModelCapabilities.Documents, new ChatMessage(ChatRole.User, [new HostedFileContent("file-1")]));
        AssertShape(11, 0, ModelCapabilities.None, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call", new string('x', 40))]));

        var options = new ChatOptions { Instructions = new string('x', 400), MaxOutputTokens = 50, Tools = [AIFunctionFactory.Create(static () => 1, "one")], ResponseFormat = ChatResponseFormat.ForJsonSchema(System.Text.Json.JsonDocument.Parse("{}").RootElement) };
        Assert.Equal(new RequestShape(102, 50, ModelCapabilities.Tools | ModelCapabilities.JsonSchema), new ChatRequest([new ChatMessage(ChatRole.User, "four")], options, isStreaming: false).Shape);
        Assert.Equal(152, new RequestShape(102, 50, ModelCapabilities.None).Tokens);
        Assert.Equal(int.MaxValue, new RequestShape(102, int.MaxValue, ModelCapabilities.None).Tokens);
    }

    private static void AssertShape(int input, int output, ModelCapabilities needs, ChatMessage message) =>
        Assert.Equal(new RequestShape(input, output, needs), new ChatRequest([message], options: null, isStreaming: false).Shape);

    private void AssertSuited(string names, in CallProfile call, params DeploymentDefinition[] definitions)
    {
        Deployment[] deployments = Subjects.Deployments(_context, definitions);
        DeploymentSet unsuited = new Suitability(deployments).Unsuitable(call);
        Assert.Equal(names, string.Join(' ', deployments.Where(deployment => !unsuited.Contains(deployment.Index)).Select(static deployment => deployment.Name)));
    }

    private static CallProfile Holding(RequestShape shape) => Subjects.Call() with { Request = new ShapedRequest(shape) };

    private static DeploymentDefinition Make(string name, ModelCapabilities capabilities = ModelCapabilities.None, string[]? tags = null, string? region = null, int window = 0, int input = 0, double share = 0, string key = "KEY") => new()
    {
        Name = name,
        Provider = "provider",
        Model = "model",
        Endpoint = "https://provider.example/v1",
        Codec = new Subjects.SilentCodec(capabilities),
        KeyVariable = key,
        Tags = tags ?? [],
        Region = region,
        ModelLimits = new(ContextWindow: window > 0 ? window : null, InputLimit: input > 0 ? input : null),
        MirrorShare = share,
    };
}
