using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Page;

/// <summary>The request log: what it tells, what it keeps, and what it does not.</summary>
public sealed class PageRequestTests
{
    private const string Secret = "sk-secret-of-a-provider";

    [Fact]
    public async Task A_request_is_kept_with_the_route_that_it_took()
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.Status(503));
        Got answer = await world.PostAsync("/v1/chat/completions", Ask("pair", "My prompt"));
        Assert.Equal(200, answer.Status);
        JsonNode kept = await world.RequestAsync(answer);
        Assert.Equal(("pair", "anthropic/claude-haiku-4-5", "anthropic/claude-haiku-4-5", 200, false), ((string)kept["group"]!, (string)kept["deployment"]!, (string)kept["model"]!, (int)kept["status"]!, (bool)kept["isError"]!));
        Assert.Equal(("/chat/completions", false, true), ((string)kept["endpoint"]!, (bool)kept["isStreaming"]!, (decimal)kept["cost"]! > 0));
        Assert.True((long)kept["inputTokens"]! > 0 && (long)kept["outputTokens"]! > 0);
        JsonArray attempts = kept["attempts"]!.AsArray();
        Assert.Equal(2, attempts.Count);
        Assert.Equal(("openai/gpt-4o-mini", "Overloaded", 503), ((string)attempts[0]!["deployment"]!, (string)attempts[0]!["outcome"]!, (int)attempts[0]!["status"]!));
        Assert.Null(attempts[1]!["outcome"]);
        Assert.Equal((decimal)kept["cost"]!, (decimal)attempts[1]!["cost"]!);
        Assert.Null(kept["content"]);
    }

    [Fact]
    public async Task Prompts_answers_keys_and_words_of_providers_are_not_kept()
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-master-key", Page = new PageOptions() });
        (string, string) key = ("authorization", "Bearer sk-master-key");
        await world.PostAsync("/v1/chat/completions", Ask("chat", "PRIVATE words"), key);
        await world.PostAsync("/v1/chat/completions", Ask("chat", "PRIVATE words", "true"), key);
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.Status(400, $$$"""{"error":{"message":"Bad prompt: PRIVATE words, key {{{Secret}}}","type":"invalid_request_error","code":"bad_thing"}}"""));
        Got failed = await world.PostAsync("/v1/chat/completions", Ask("chat", "PRIVATE words"), key);
        await world.PostAsync("/v1/chat/completions", Ask("chat", "PRIVATE words"), ("authorization", "Bearer sk-wrong-key"));
        await world.ListAsync(4, "", key);
        string all = string.Concat((await Task.WhenAll(
            world.GetAsync("/ui/api/requests", key), world.GetAsync("/ui/api/live", key), world.GetAsync("/ui/api/deployments", key), world.GetAsync("/ui/api/graph", key), world.GetAsync("/ui/api/series", key),
            world.GetAsync("/ui/api/requests/" + Uri.EscapeDataString(failed.Headers["x-request-id"]), key))).Select(static got => got.Body));
        foreach (string secret in (string[])["PRIVATE", Secret, "sk-master-key", "sk-wrong-key", "Hello from"]) Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        Assert.Contains("InvalidRequest (400, bad_thing)", all, StringComparison.Ordinal);
        Assert.Contains("401", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_is_kept_where_that_is_switched_on_whole_streamed_and_failed()
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions { KeepsContent = true } });
        Got whole = await world.PostAsync("/v1/chat/completions", Ask("chat", "My prompt"));
        Got streamed = await world.PostAsync("/v1/messages", """{"model":"claude","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"Other prompt"}]}""");
        Got broken = await world.PostAsync("/v1/chat/completions", "{ no json");
        Got tried = await world.PostAsync("/ui/api/playground", Ask("chat", "Playing"));
        foreach ((Got got, string asked) in ((Got, string)[])[(whole, "My prompt"), (streamed, "Other prompt"), (broken, "{ no json"), (tried, "Playing")])
        {
            JsonNode content = (await world.RequestAsync(got))["content"]!;
            Assert.Contains(asked, (string)content["asked"]!, StringComparison.Ordinal);
            Assert.Equal((got.Body, false, false), ((string)content["answered"]!, (bool)content["isAskedCut"]!, (bool)content["isAnsweredCut"]!));
        }
    }

    [Fact]
    public async Task Content_is_bounded_for_a_request_and_for_all()
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions { KeepsContent = true, ContentBytesPerRequest = 256, ContentBytes = 1024, KeptRequests = 50 } });
        for (int i = 0; i < 12; i++) await world.PostAsync("/v1/chat/completions", Ask("chat", new string('x', 5000)));
        JsonArray list = (await world.ListAsync(12))["requests"]!.AsArray();
        Assert.Equal(12, list.Count);
        int bytes = 0;
        int withContent = 0;
        foreach (JsonNode? one in list)
        {
            if ((await world.ReadAsync("/ui/api/requests/" + Uri.EscapeDataString((string)one!["id"]!)))["content"] is not { } content) continue;
            withContent++;
            bytes += ((string)content["asked"]!).Length + ((string)content["answered"]!).Length;
            Assert.True((bool)content["isAskedCut"]!);
            Assert.Equal(256, ((string)content["asked"]!).Length);
        }

        Assert.InRange(bytes, 256, 1024);
        Assert.InRange(withContent, 1, 2);
    }

    [Fact]
    public async Task The_latest_requests_are_kept_and_the_oldest_go()
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions { KeptRequests = 5 } });
        for (int i = 0; i < 8; i++) await world.PostAsync("/v1/chat/completions", Ask("nowhere-" + i, "x"));
        JsonNode all = await world.ListAsync(8);
        Assert.Equal((5, 5), ((int)all["kept"]!, (int)all["capacity"]!));
        Assert.Equal(["nowhere-7", "nowhere-6", "nowhere-5", "nowhere-4", "nowhere-3"], all["requests"]!.AsArray().Select(static one => (string)one!["askedModel"]!));
        JsonNode older = await world.ReadAsync("/ui/api/requests?before=" + (long)all["requests"]![2]!["number"]!);
        Assert.Equal(["nowhere-4", "nowhere-3"], older["requests"]!.AsArray().Select(static one => (string)one!["askedModel"]!));
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("q=GPT-99", 1)]
    [InlineData("q=gpt-99+no+model", 1)]
    [InlineData("q=pair+haiku", 1)]
    [InlineData("q=Overloaded", 1)]
    [InlineData("group=chat", 2)]
    [InlineData("deployment=openai/gpt-4o-mini", 3)]
    [InlineData("deployment=openai/gpt-4o-mini&status=error", 1)]
    [InlineData("status=ok", 2)]
    [InlineData("status=error", 3)]
    [InlineData("status=404", 1)]
    [InlineData("status=4xx", 2)]
    [InlineData("status=5xx", 1)]
    [InlineData("key=nobody", 0)]
    [InlineData("before=junk&q=%00", 0)]
    public async Task Requests_are_found(string query, int expected)
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        await world.PostAsync("/v1/chat/completions", Ask("chat", "x"));
        await world.PostAsync("/v1/chat/completions", Ask("gpt-99", "x"));
        await world.PostAsync("/v1/chat/completions", "{");
        world.Providers!["openai/gpt-4o-mini"].Next(Fault.Status(503), 1);
        await world.PostAsync("/v1/chat/completions", Ask("pair", "x"));
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.Status(500));
        await world.PostAsync("/v1/chat/completions", Ask("chat", "x"));
        await world.GetAsync("/health");
        await world.GetAsync("/v1/models");
        Assert.Equal(expected, (await world.ListAsync(5, query))["requests"]!.AsArray().Count);
    }

    [Fact]
    public async Task Hostile_texts_are_data()
    {
        const string hostile = "<img src=x onerror=alert(1)>\"'&\u202e\0";
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        await world.PostAsync("/v1/chat/completions", new JsonObject { ["model"] = hostile, ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = hostile }) }.ToJsonString());
        await world.PostAsync("/v1/chat/completions", Ask(new string('m', 5000), "x"));
        await world.ListAsync(2);
        Got list = await world.GetAsync("/ui/api/requests");
        Assert.DoesNotContain("<", list.Body, StringComparison.Ordinal);
        JsonArray requests = JsonNode.Parse(list.Body)!["requests"]!.AsArray();
        Assert.Equal(hostile, (string)requests[1]!["askedModel"]!);
        Assert.Contains(hostile, (string)requests[1]!["error"]!, StringComparison.Ordinal);
        Assert.InRange(((string)requests[0]!["error"]!).Length, 1, 501);
        Assert.InRange(((string)requests[0]!["askedModel"]!).Length, 1, 501);
        Assert.Equal(404, (await world.GetAsync("/ui/api/requests/" + Uri.EscapeDataString(hostile.TrimEnd('\0')))).Status);
    }

    private static string Ask(string model, string text, string stream = "false") => $$"""{"model":"{{model}}","stream":{{stream}},"messages":[{"role":"user","content":"{{text}}"}]}""";
}
