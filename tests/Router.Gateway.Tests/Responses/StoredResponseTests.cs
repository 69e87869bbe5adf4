using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Responses;

/// <summary>Responses that the gateway keeps: whichever provider answered, they are found at once, and are what the client had.</summary>
public sealed class StoredResponseTests
{
    public static readonly TheoryData<string, bool> Groups = new() { { "responses", false }, { "responses", true }, { "claude", false }, { "claude", true }, { "chat", false }, { "chat", true }, { "gemini", true } };

    [Theory, MemberData(nameof(Groups))]
    public async Task A_response_is_found_as_it_was_answered(string group, bool stream)
    {
        await using World world = await World.StartAsync(Keeping());
        JsonNode answer = await AskAsync(world, group, stream, "Hi");
        string id = (string)answer["id"]!;
        Got got = await world.GetAsync("/v1/responses/" + id);
        Assert.True(got.Status is 200, got.Body);
        Assert.Equal(answer.ToJsonString(), JsonNode.Parse(got.Body)!.ToJsonString());
        Assert.True((bool)answer["store"]!);
        Assert.Equal("no-store", got.Headers["cache-control"]);

        // Without the version, as clients differ in their base address.
        Assert.Equal(200, (await world.GetAsync("/responses/" + id)).Status);
    }

    [Theory, MemberData(nameof(Groups))]
    public async Task A_response_that_is_not_to_be_kept_is_not(string group, bool stream)
    {
        var store = new MemoryResponseStore();
        await using World world = await World.StartAsync(Keeping(store));
        JsonNode answer = await AskAsync(world, group, stream, "Hi", """, "store":false""");
        Assert.NotEqual(true, (bool?)answer["store"]);
        Got got = await world.GetAsync("/v1/responses/" + (string)answer["id"]!);
        Assert.Equal(404, got.Status);
        Assert.Null(await store.FindAsync("", (string)answer["id"]!, TestContext.Current.CancellationToken));
    }

    [Theory, MemberData(nameof(Groups))]
    public async Task A_deleted_response_is_gone(string group, bool stream)
    {
        await using World world = await World.StartAsync(Keeping());
        string id = (string)(await AskAsync(world, group, stream, "Hi"))["id"]!;
        Got deleted = await world.SendAsync(HttpMethod.Delete, "/v1/responses/" + id, null);
        Assert.Equal($$"""{"id":"{{id}}","object":"response","deleted":true}""", deleted.Body);
        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            Got got = await world.SendAsync(method, "/v1/responses/" + id, null);
            JsonNode error = JsonNode.Parse(got.Body)!["error"]!;
            Assert.Equal((404, "invalid_request_error", $"Response with id '{id}' not found."), (got.Status, (string?)error["type"], (string?)error["message"]));
        }
    }

    [Fact]
    public async Task Ids_that_the_gateway_makes_cannot_be_guessed()
    {
        await using World world = await World.StartAsync(Keeping());
        string[] ids = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => (string)(await AskAsync(world, "converse", false, "Hi"))["id"]!))];
        Assert.Equal(5, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.Matches("^resp_[0-9a-f]{48}$", id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provider_that_keeps_responses_is_told_to_keep_none(bool stream)
    {
        var upstream = new Upstream();
        if (stream) upstream.ThenStream(Wire.OpenAIThinksInPieces);
        else upstream.Then(Wire.OpenAIThinks);
        await using World world = await World.StartAsync(upstream, Keeping());
        await AskAsync(world, "thinker", stream, "Hi", """, "store":true, "include":["message.output_text.logprobs"], "made_up":[ 1.50 ]""");
        JsonNode sent = JsonNode.Parse(upstream.Requests[0].Body)!;
        Assert.False((bool)sent["store"]!);
        Assert.Contains("\"made_up\":[ 1.50 ]", upstream.Requests[0].Body, StringComparison.Ordinal);

        // Thoughts that the provider does not keep come with the answer, so that they can go back.
        Assert.Equal(["message.output_text.logprobs", "reasoning.encrypted_content"], sent["include"]!.AsArray().Select(static one => (string?)one));
    }

    [Fact]
    public async Task A_model_without_encrypted_thoughts_is_not_asked_for_them()
    {
        await using World world = await World.StartAsync(Keeping());
        await AskAsync(world, "chat", false, "Hi");
        Assert.DoesNotContain("include", world.Providers!["openai/gpt-4o-mini"].Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_else_in_a_stream_of_the_same_dialect_goes_through_as_it_is()
    {
        string[] events =
        [
            """{"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[],"novel":1.50}}""",
            """{"type":"response.aurora","made_up":[ ],"response":"none"}""",
            """{"type":"response.output_text.delta","output_index":0,"content_index":0,"item_id":"m","delta":"the \"response\": {","mood":"\u00e9"}""",
            """{"type":"response.completed","response":{ "id":"resp_1","object":"response","status":"completed","store":false,"previous_response_id":null,"output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"the \"response\": {","aura":1e3}]}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}}""",
        ];
        await using World world = await World.StartAsync(new Upstream().ThenStream(Wire.Named(events)), Keeping());
        Got got = await world.PostAsync("/v1/responses", """{"model":"responses","input":"Hi","stream":true}""");
        events[0] = events[0].Replace("1.50}", """1.50,"store":true,"previous_response_id":null}""", StringComparison.Ordinal);
        events[3] = events[3].Replace("\"store\":false", "\"store\":true", StringComparison.Ordinal);
        Assert.Equal(Wire.Named(events), got.Body);
        Got kept = await world.GetAsync("/v1/responses/resp_1");
        Assert.Equal(events[3]["""{"type":"response.completed","response":""".Length..^1], kept.Body);
    }

    [Fact]
    public async Task An_event_of_several_lines_is_kept_too()
    {
        string stream = "event: response.completed\ndata: {\"type\":\"response.completed\",\ndata: \"response\":{\"id\":\"resp_1\",\"object\":\"response\",\ndata: \"status\":\"completed\",\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hi\"}]}]}}\n\n";
        await using World world = await World.StartAsync(new Upstream().ThenStream(stream), Keeping());
        Got got = await world.PostAsync("/v1/responses", """{"model":"responses","input":"Hi","stream":true}""");
        SentEvent sent = Assert.Single(SentEvent.Parse(got.Body));
        Assert.Equal("response.completed", sent.Name);
        Assert.Equal(sent.Json["response"]!.ToJsonString(), JsonNode.Parse((await world.GetAsync("/v1/responses/resp_1")).Body)!.ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_response_that_repeats_a_deep_request_is_kept(bool stream)
    {
        await using World world = await World.StartAsync(Keeping());
        string deep = new string('[', 253) + new string(']', 253);
        Got got = await world.PostAsync("/v1/responses", $$$"""{"model":"chat","input":"Hi","metadata":{"deep":{{{deep}}}},"stream":{{{(stream ? "true" : "false")}}}}""");
        Assert.True(got.Status is 200, got.Body);
        string id = Regex.Match(got.Body, "\"id\":\"(resp_[0-9a-f]+)\"").Groups[1].Value;
        Assert.Contains(deep, (await world.GetAsync("/v1/responses/" + id)).Body, StringComparison.Ordinal);
        Got tooDeep = await world.PostAsync("/v1/responses", $$$"""{"model":"chat","input":"Hi","metadata":{{{new string('[', 256)}}}{{{new string(']', 256)}}}}""");
        Assert.Equal(400, tooDeep.Status);
    }

    [Fact]
    public async Task A_response_that_ended_at_its_limit_is_kept()
    {
        await using World world = await World.StartAsync(new Upstream().Then(Wire.Short("claude", "max_tokens")), Keeping());
        JsonNode answer = await AskAsync(world, "claude", false, "Hi");
        Assert.Equal("incomplete", (string?)answer["status"]);
        Assert.Equal(200, (await world.GetAsync("/v1/responses/" + (string)answer["id"]!)).Status);
    }

    [Fact]
    public async Task Without_a_store_it_is_said_what_to_configure()
    {
        await using World world = await World.StartAsync();
        JsonNode answer = await AskAsync(world, "claude", false, "Hi");
        Assert.False((bool)answer["store"]!);
        foreach ((HttpMethod method, string path) in ((HttpMethod, string)[])[(HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Get, "/input_items")])
        {
            Got got = await world.SendAsync(method, "/v1/responses/resp_1" + path, null);
            JsonNode error = JsonNode.Parse(got.Body)!["error"]!;
            Assert.Equal((404, "response_store_not_configured"), (got.Status, (string?)error["code"]));
            Assert.Contains("GatewayOptions.Responses.Store", (string?)error["message"], StringComparison.Ordinal);
        }

        foreach (string group in (string[])["claude", "responses"])
        {
            Got goesOn = await world.PostAsync("/v1/responses", $$"""{"model":"{{group}}","input":"Hi","previous_response_id":"resp_1"}""");
            JsonNode notFound = JsonNode.Parse(goesOn.Body)!["error"]!;
            Assert.Equal((400, "previous_response_not_found", "previous_response_id"), (goesOn.Status, (string?)notFound["code"], (string?)notFound["param"]));
            Assert.Contains("GatewayOptions.Responses.Store", (string?)notFound["message"], StringComparison.Ordinal);
        }

        Assert.All(world.Providers!["responses/gpt-5-mini"].Requests, static _ => Assert.Fail("It was asked."));
    }

    [Theory]
    [InlineData("""{"model":"responses","input":"Hi","background":true}""", "background")]
    [InlineData("""{"model":"responses","input":"Hi","conversation":"conv_1"}""", "conversation")]
    [InlineData("""{"model":"responses","input":"Hi","conversation":{"id":"conv_1"}}""", "conversation")]
    [InlineData("""{"model":"responses","input":"Hi","previous_response_id":5}""", "previous_response_id")]
    [InlineData("""{"model":"responses","input":5}""", "input")]
    [InlineData("""{"model":"responses","input":{"a":1},"previous_response_id":null}""", "input")]
    public async Task What_is_not_taken_is_said(string body, string parameter)
    {
        Upstream upstream = new Upstream().Then(Wire.OpenAIThinks);
        await using World world = await World.StartAsync(upstream, Keeping());
        Got got = await world.PostAsync("/v1/responses", body);
        JsonNode error = JsonNode.Parse(got.Body)!["error"]!;
        Assert.Equal((400, parameter), (got.Status, (string?)error["param"]));
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("""{"model":"responses","input":"Hi","background":false,"conversation":null,"previous_response_id":null}""")]
    [InlineData("""{"model":"responses","input":[]}""")]
    public async Task What_asks_for_nothing_is_taken(string body)
    {
        await using World world = await World.StartAsync(new Upstream().Then(Wire.OpenAIThinks), Keeping());
        Assert.Equal(200, (await world.PostAsync("/v1/responses", body)).Status);
    }

    [Fact]
    public async Task There_is_nothing_to_cancel_or_to_stream_again()
    {
        await using World world = await World.StartAsync(Keeping());
        string id = (string)(await AskAsync(world, "claude", false, "Hi"))["id"]!;
        Assert.Equal(400, (await world.PostAsync($"/v1/responses/{id}/cancel", "{}")).Status);
        Assert.Equal(400, (await world.GetAsync($"/v1/responses/{id}?stream=true")).Status);
        Got other = await world.PostAsync("/v1/responses/" + id, "{}");
        Assert.Equal((405, "DELETE, GET, HEAD"), (other.Status, other.Headers["Allow"]));
    }

    [Fact]
    public async Task Tokens_are_counted_with_what_a_request_goes_on_from()
    {
        await using World world = await World.StartAsync(Keeping());
        string id = (string)(await AskAsync(world, "claude", false, "How is the weather in the city of Kiel in the north of Germany today?"))["id"]!;
        JsonNode alone = JsonNode.Parse((await world.PostAsync("/v1/responses/input_tokens", """{"model":"converse","input":"Hi"}""")).Body)!;
        JsonNode more = JsonNode.Parse((await world.PostAsync("/responses/input_tokens", $$"""{"model":"converse","input":"Hi","previous_response_id":"{{id}}"}""")).Body)!;
        Assert.Equal("response.input_tokens", (string?)alone["object"]);
        Assert.True((int)more["input_tokens"]! > (int)alone["input_tokens"]! + 10, more.ToJsonString());
    }

    /// <summary>Returns the options of a gateway that keeps responses.</summary>
    internal static GatewayOptions Keeping(IResponseStore? store = null)
    {
        var options = new GatewayOptions();
        options.Responses.Store = store ?? new MemoryResponseStore();
        return options;
    }

    /// <summary>Asks for a response.</summary>
    internal static async Task<JsonNode> AskAsync(World world, string group, bool stream, string input, string more = "")
    {
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"{{group}}","input":"{{input}}","stream":{{(stream ? "true" : "false")}}{{more}}}""");
        Assert.True(got.Status is 200, got.Body);
        return stream ? SentEvent.Parse(got.Body)[^1].Json["response"]! : JsonNode.Parse(got.Body)!;
    }
}
