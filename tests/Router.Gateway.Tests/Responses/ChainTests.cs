using System.Text;
using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Responses;

/// <summary>Requests that go on from responses that the gateway keeps, with the same provider or another one.</summary>
public sealed class ChainTests
{
    private const string Tool = """, "tools":[{"type":"function","name":"weather","parameters":{"type":"object"}}]""";

    private static readonly string[] Groups = ["responses", "claude", "chat", "gemini", "converse"];

    public static readonly TheoryData<string, string> Pairs = new(Groups.SelectMany(static _ => Groups, static (first, second) => (first, second)));

    [Theory, MemberData(nameof(Pairs))]
    public async Task A_conversation_goes_on_with_any_provider(string first, string second)
    {
        await using World world = await World.StartAsync(StoredResponseTests.Keeping());
        string? id = null;
        foreach ((string group, string said) in ((string, string)[])[(first, "One"), (second, "Two"), (first, "Three")])
        {
            JsonNode answer = await StoredResponseTests.AskAsync(world, group, stream: said is "Two", said, $$""", "instructions":"For {{said}} alone."{{(id is null ? "" : $", \"previous_response_id\":\"{id}\"")}}""");
            Assert.Equal(id, (string?)answer["previous_response_id"]);
            id = (string)answer["id"]!;
        }

        string sent = world.Providers![MatrixTests.Deployments[first]].Requests[^1].Body;
        int[] places = [.. ((string[])["One", "Two", "Three"]).Select(text => sent.IndexOf($"\"{text}\"", StringComparison.Ordinal))];
        Assert.True(places[0] >= 0 && places[0] < places[1] && places[1] < places[2], sent);
        Assert.Contains("Hello from", sent, StringComparison.Ordinal);
        Assert.Contains("For Three alone.", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("For One alone.", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("previous_response_id", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_provider_has_its_items_and_thoughts_back(bool stream)
    {
        var upstream = new Upstream();
        if (stream) upstream.ThenStream(Wire.OpenAIThinksInPieces);
        else upstream.Then(Wire.OpenAIThinks);
        await using World world = await World.StartAsync(upstream, StoredResponseTests.Keeping());
        await StoredResponseTests.AskAsync(world, "responses", stream, "Weather?", Tool);
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"responses","stream":{{(stream ? "true" : "false")}},"previous_response_id":"resp_1","input":[{"type":"function_call_output","call_id":"call_1","output":"Rain"}]{{Tool}}}""");
        Assert.True(got.Status is 200, got.Body);
        JsonNode sent = JsonNode.Parse(upstream.Requests[1].Body)!;
        Assert.Equal(
            """[{"type":"message","role":"user","content":[{"type":"input_text","text":"Weather?"}]},{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Where is it?"}],"encrypted_content":"SECRET=="},{"type":"function_call","call_id":"call_1","name":"weather","arguments":"{\"city\":\"Kiel\"}","status":"completed"},{"type":"function_call_output","call_id":"call_1","output":"Rain"}]""",
            Plain(sent["input"]!));
        Assert.False((bool)sent["store"]!);
        Assert.Null(sent["previous_response_id"]);
    }

    [Theory]
    [InlineData("claude")]
    [InlineData("thinker")]
    [InlineData("chat")]
    public async Task Another_model_gets_nothing_that_it_cannot_read(string other)
    {
        Upstream upstream = new Upstream().Then(Wire.OpenAIThinks).Then(other is "thinker" ? Wire.OpenAIThinks : Wire.Short(other, other is "claude" ? "end_turn" : "stop"));
        await using World world = await World.StartAsync(upstream, StoredResponseTests.Keeping());
        await StoredResponseTests.AskAsync(world, "responses", false, "Weather?", Tool);
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"{{other}}","previous_response_id":"resp_1","input":[{"type":"function_call_output","call_id":"call_1","output":"Rain"}]{{Tool}}}""");
        Assert.True(got.Status is 200, got.Body);
        string sent = upstream.Requests[1].Body;
        Assert.DoesNotContain("SECRET==", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("rs_1", sent, StringComparison.Ordinal);
        Assert.Contains("call_1", sent, StringComparison.Ordinal);
        Assert.Contains("Rain", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claude_has_its_signatures_back()
    {
        Upstream upstream = new Upstream().Then(Wire.ClaudeThinks).Then(Wire.Short("claude", "end_turn"));
        await using World world = await World.StartAsync(upstream, StoredResponseTests.Keeping());
        string id = (string)(await StoredResponseTests.AskAsync(world, "claude", false, "Weather?", Tool))["id"]!;
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","previous_response_id":"{{id}}","input":[{"type":"function_call_output","call_id":"toolu_1","output":"Rain"}]{{Tool}}}""");
        Assert.True(got.Status is 200, got.Body);
        Assert.Contains("\"signature\":\"SIG==\"", upstream.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains("HIDDEN==", upstream.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thoughts_that_are_no_more_than_an_id_go_nowhere()
    {
        Upstream upstream = new Upstream().Then("""{"id":"resp_1","object":"response","status":"completed","model":"m","output":[{"type":"reasoning","id":"rs_1","summary":[]},{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hi"}]}]}""");
        await using World world = await World.StartAsync(upstream, StoredResponseTests.Keeping());
        await StoredResponseTests.AskAsync(world, "responses", false, "Hi");
        await StoredResponseTests.AskAsync(world, "responses", false, "And?", """, "previous_response_id":"resp_1" """);
        Assert.DoesNotContain("rs_1", upstream.Requests[1].Body, StringComparison.Ordinal);

        // A client that sends all of it by itself, too.
        await world.PostAsync("/v1/responses", """{"model":"responses","input":[{"role":"user","content":"Hi"},{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":null},{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hi"}]},{"role":"user","content":"And?"}]}""");
        Assert.DoesNotContain("rs_1", upstream.Requests[2].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("msg_1", upstream.Requests[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_that_is_kept_can_be_referred_to()
    {
        Upstream upstream = new Upstream().Then(Wire.OpenAIThinks).Then(Wire.Short("claude", "end_turn"));
        await using World world = await World.StartAsync(upstream, StoredResponseTests.Keeping());
        await StoredResponseTests.AskAsync(world, "responses", false, "Weather?", Tool);
        foreach (string more in (string[])["", ",\"store\":false"])
        {
            Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":[{"role":"user","content":"Weather?"},{"type":"item_reference","id":"rs_1"},{"type":"item_reference","id":"fc_1"},{"type":"function_call_output","call_id":"call_1","output":"Rain"}]{{more}}{{Tool}}}""");
            Assert.True(got.Status is 200, got.Body);
            Assert.Contains("\"tool_use\"", upstream.Requests[^1].Body, StringComparison.Ordinal);
        }

        Got unknown = await world.PostAsync("/v1/responses", """{"model":"claude","input":[{"type":"item_reference","id":"fc_2"}]}""");
        Assert.Equal((404, "Item with id 'fc_2' not found."), (unknown.Status, (string?)JsonNode.Parse(unknown.Body)!["error"]!["message"]));
    }

    [Fact]
    public async Task A_response_without_store_can_go_on_from_one_and_is_not_kept()
    {
        await using World world = await World.StartAsync(StoredResponseTests.Keeping());
        string id = (string)(await StoredResponseTests.AskAsync(world, "claude", false, "One"))["id"]!;
        JsonNode answer = await StoredResponseTests.AskAsync(world, "responses", true, "Two", $$""", "store":false, "previous_response_id":"{{id}}" """);
        Assert.Equal((id, false), ((string?)answer["previous_response_id"], (bool)answer["store"]!));
        Assert.Equal(404, (await world.GetAsync("/v1/responses/" + (string)answer["id"]!)).Status);
        Assert.Contains("One", world.Providers!["responses/gpt-5-mini"].Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_with_a_response_that_is_gone_does_not_go_on()
    {
        await using World world = await World.StartAsync(StoredResponseTests.Keeping());
        string first = (string)(await StoredResponseTests.AskAsync(world, "claude", false, "One"))["id"]!;
        string second = (string)(await StoredResponseTests.AskAsync(world, "claude", false, "Two", $$""", "previous_response_id":"{{first}}" """))["id"]!;
        await world.SendAsync(HttpMethod.Delete, "/v1/responses/" + first, null);
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":"Three","previous_response_id":"{{second}}"}""");
        JsonNode error = JsonNode.Parse(got.Body)!["error"]!;
        Assert.Equal((400, "previous_response_not_found", "previous_response_id", "invalid_request_error"), (got.Status, (string?)error["code"], (string?)error["param"], (string?)error["type"]));
        Assert.StartsWith($"Previous response with id '{first}' not found.", (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_has_at_most_so_many_responses()
    {
        GatewayOptions options = StoredResponseTests.Keeping();
        options.Responses.MaxChainLength = 2;
        await using World world = await World.StartAsync(options);
        string? id = null;
        for (int i = 0; i < 3; i++) id = (string)(await StoredResponseTests.AskAsync(world, "claude", false, "Hi", id is null ? "" : $$""", "previous_response_id":"{{id}}" """))["id"]!;
        await AssertTooLongAsync(world, id!, "2 responses");
    }

    [Fact]
    public async Task A_conversation_has_at_most_so_many_bytes()
    {
        GatewayOptions options = StoredResponseTests.Keeping();
        options.Responses.MaxChainBytes = 5000;
        await using World world = await World.StartAsync(options);
        string first = (string)(await StoredResponseTests.AskAsync(world, "claude", false, "Hi"))["id"]!;
        string second = (string)(await StoredResponseTests.AskAsync(world, "claude", false, new string('x', 5000), $$""", "previous_response_id":"{{first}}" """))["id"]!;
        await AssertTooLongAsync(world, second, "5000 bytes");
    }

    [Fact]
    public async Task A_conversation_that_names_itself_ends()
    {
        var store = new MemoryResponseStore();
        GatewayOptions options = StoredResponseTests.Keeping(store);
        await using World world = await World.StartAsync(options);
        await store.KeepAsync(new StoredResponse { Owner = "", Id = "resp_1", PreviousId = "resp_1", Expires = DateTimeOffset.MaxValue, Response = Encoding.UTF8.GetBytes("{}"), Input = Encoding.UTF8.GetBytes("[]") }, [], TestContext.Current.CancellationToken);
        await AssertTooLongAsync(world, "resp_1", "200 responses");
    }

    [Fact]
    public async Task References_make_at_most_so_many_bytes_however_often_they_are_repeated()
    {
        GatewayOptions options = StoredResponseTests.Keeping();
        options.Responses.MaxChainBytes = 5000;
        await using World world = await World.StartAsync(options);
        JsonNode answer = await StoredResponseTests.AskAsync(world, "claude", false, new string('x', 1000));
        string reference = $$"""{"type":"item_reference","id":"{{answer["output"]![0]!["id"]}}"}""";
        Assert.Equal(200, (await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":[{{reference}},{"role":"user","content":"Hi"}]}""")).Status);
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":[{{string.Join(',', Enumerable.Repeat(reference, 10))}}]}""");
        Assert.Equal((400, "previous_response_too_long"), (got.Status, (string?)JsonNode.Parse(got.Body)!["error"]!["code"]));
        Assert.Equal(0, options.Limits.Held);
    }

    [Fact]
    public async Task What_a_conversation_holds_counts_with_the_bodies_of_all_requests()
    {
        GatewayOptions options = StoredResponseTests.Keeping();
        options.MaxRequestBytes = 12_000;
        options.MaxBufferedBytes = 12_000;
        await using World world = await World.StartAsync(options);
        string id = (string)(await StoredResponseTests.AskAsync(world, "claude", false, new string('x', 6000)))["id"]!;
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":"Hi","previous_response_id":"{{id}}"}""");
        Assert.Equal((429, "gateway_busy"), (got.Status, (string?)JsonNode.Parse(got.Body)!["error"]!["code"]));

        // Nothing is held when it is over.
        Assert.Equal(200, (await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":"{{new string('x', 6000)}}"}""")).Status);
        Assert.Equal(0, options.Limits.Held);
    }

    private static async Task AssertTooLongAsync(World world, string id, string limit)
    {
        Got got = await world.PostAsync("/v1/responses", $$"""{"model":"claude","input":"Hi","previous_response_id":"{{id}}"}""");
        JsonNode error = JsonNode.Parse(got.Body)!["error"]!;
        Assert.Equal((400, "previous_response_too_long"), (got.Status, (string?)error["code"]));
        Assert.Contains(limit, (string?)error["message"], StringComparison.Ordinal);
    }

    private static string Plain(JsonNode node) => node.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
