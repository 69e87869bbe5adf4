using System.Net;
using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests.Responses;

/// <summary>How long responses are kept, whose they are, and what a store that fails costs: no answer, and no secret.</summary>
public sealed class KeepingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_response_belongs_to_its_key()
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options => options.Responses.Store = new MemoryResponseStore());
        await world.ManageAsync("/team/new", """{"team_id":"t"}""");
        string key = await world.KeyAsync("""{"team_id":"t"}""");
        string colleague = await world.KeyAsync("""{"team_id":"t"}""");
        string id = await AskAsync(world, key);
        Assert.Equal(200, (await GetAsync(world, key, id)).Status);
        string unknown = (await GetAsync(world, key, "resp_none")).Body;
        foreach (string other in (string[])[colleague, await world.KeyAsync(), KeyWorld.Master])
        {
            Got got = await GetAsync(world, other, id);
            Assert.Equal((404, unknown.Replace("resp_none", id, StringComparison.Ordinal)), (got.Status, got.Body));
            Assert.Equal(404, (await world.World.SendAsync(HttpMethod.Delete, "/v1/responses/" + id, null, ("authorization", "Bearer " + other))).Status);
            Assert.Equal(404, (await world.World.GetAsync($"/v1/responses/{id}/input_items", ("authorization", "Bearer " + other))).Status);
            Got goesOn = await PostAsync(world, other, $$"""{"model":"chat","input":"Hi","previous_response_id":"{{id}}"}""");
            Got goesOnUnknown = await PostAsync(world, other, """{"model":"chat","input":"Hi","previous_response_id":"resp_none"}""");
            Assert.Equal((400, goesOnUnknown.Body.Replace("resp_none", id, StringComparison.Ordinal)), (goesOn.Status, goesOn.Body));
            string item = (string)JsonNode.Parse((await GetAsync(world, key, id)).Body)!["output"]![0]!["id"]!;
            Assert.Equal(404, (await PostAsync(world, other, $$"""{"model":"chat","input":[{"type":"item_reference","id":"{{item}}"}]}""")).Status);
        }

        Assert.Equal(200, (await GetAsync(world, key, id)).Status);
    }

    [Fact]
    public async Task A_key_that_replaces_another_has_its_responses()
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options => options.Responses.Store = new MemoryResponseStore());
        string key = await world.KeyAsync();
        string id = await AskAsync(world, key);
        string next = (string)(await world.ManageAsync($"/key/{key}/regenerate", "{}"))["key"]!;
        Assert.Equal(401, (await GetAsync(world, key, id)).Status);
        Assert.Equal(200, (await GetAsync(world, next, id)).Status);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_told()
    {
        await using KeyWorld world = await KeyWorld.StartAsync(configure: static options => options.Responses.Store = new MemoryResponseStore());
        string id = await AskAsync(world, KeyWorld.Master);
        foreach ((HttpMethod method, string path) in ((HttpMethod, string)[])[(HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Get, "/input_items"), (HttpMethod.Post, "/cancel")])
            Assert.Equal(401, (await world.World.SendAsync(method, $"/v1/responses/{id}{path}", null)).Status);
        Assert.Equal(200, (await GetAsync(world, KeyWorld.Master, id)).Status);
    }

    [Fact]
    public async Task A_response_is_gone_when_its_time_is_over_and_deleted_soon_after()
    {
        var time = new VirtualTime();
        var store = new MemoryResponseStore();
        await using KeyWorld world = await KeyWorld.StartAsync(configure: options => options.Responses.Store = store, time: time);
        string id = await AskAsync(world, KeyWorld.Master);
        time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Equal(200, (await GetAsync(world, KeyWorld.Master, id)).Status);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(404, (await GetAsync(world, KeyWorld.Master, id)).Status);
        Assert.Equal(400, (await PostAsync(world, KeyWorld.Master, $$"""{"model":"chat","input":"Hi","previous_response_id":"{{id}}"}""")).Status);
        Assert.NotNull(await store.FindAsync("", id, Token));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await store.FindAsync("", id, Token));
    }

    [Theory]
    [InlineData("chat", false)]
    [InlineData("chat", true)]
    [InlineData("responses", true)]
    public async Task A_store_that_fails_costs_no_answer_and_is_logged_once(string group, bool stream)
    {
        var store = new FailingResponseStore { IsAway = true };
        await using World world = await World.StartAsync(StoredResponseTests.Keeping(store));
        string id = "";
        for (int i = 0; i < 3; i++) id = (string)(await StoredResponseTests.AskAsync(world, group, stream, "secret-prompt"))["id"]!;
        Got away = await world.GetAsync("/v1/responses/" + id);
        Assert.Equal((503, "response_store_unavailable", "5"), (away.Status, (string?)JsonNode.Parse(away.Body)!["error"]!["code"], away.Headers["Retry-After"]));
        Assert.Equal(503, (await world.PostAsync("/v1/responses", $$"""{"model":"chat","input":"Hi","previous_response_id":"{{id}}"}""")).Status);
        Assert.Equal(503, (await world.PostAsync("/v1/responses", """{"model":"chat","input":[{"type":"item_reference","id":"msg_1"}]}""")).Status);
        Assert.Equal(503, (await world.SendAsync(HttpMethod.Delete, "/v1/responses/" + id, null)).Status);
        store.IsAway = false;
        Assert.Equal(404, (await world.GetAsync("/v1/responses/" + id)).Status);
        Assert.Single(world.Logs.All, static entry => entry.Event is 140);
        Assert.Single(world.Logs.All, static entry => entry.Event is 141);
        Assert.DoesNotContain("secret-prompt", string.Join(System.Environment.NewLine, world.Logs.All.Select(static entry => entry.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_an_answer_waits_for_the_store_and_not_for_ever(bool stream)
    {
        var time = new VirtualTime();
        var store = new FailingResponseStore { Held = new TaskCompletionSource() };
        GatewayOptions options = StoredResponseTests.Keeping(store);
        options.TimeProvider = time;
        var upstream = new Upstream();
        if (stream) upstream.ThenStream(Wire.OpenAIThinksInPieces);
        else upstream.Then(Wire.OpenAIThinks);
        await using World world = await World.StartAsync(upstream, options);
        using var content = new StringContent($$"""{"model":"responses","input":"Hi","stream":{{(stream ? "true" : "false")}}}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = content };
        Task<HttpResponseMessage> asked = world.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await store.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        if (stream)
        {
            // All but the end has come by then.
            using HttpResponseMessage begun = await asked;
            using Stream body = await begun.Content.ReadAsStreamAsync(Token);
            using var reader = new StreamReader(body);
            string read = "";
            while (!read.Contains("response.output_item.done", StringComparison.Ordinal) || !read.EndsWith("\n\n", StringComparison.Ordinal)) read += (char)reader.Read();
            Assert.DoesNotContain("response.completed", read, StringComparison.Ordinal);
            time.Advance(TimeSpan.FromSeconds(5));
            Assert.Contains("response.completed", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
        }
        else
        {
            Assert.False(asked.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(5));
            using HttpResponseMessage answer = await asked;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Single(world.Logs.All, static entry => entry.Event is 140);
    }

    [Fact]
    public async Task Content_is_kept_where_it_was_asked_for_and_nowhere_else()
    {
        var store = new MemoryResponseStore();
        await using World world = await World.StartAsync(StoredResponseTests.Keeping(store));
        string id = (string)(await StoredResponseTests.AskAsync(world, "claude", true, "secret-prompt"))["id"]!;
        await StoredResponseTests.AskAsync(world, "claude", false, "secret-again", $$""", "previous_response_id":"{{id}}" """);
        await world.GetAsync("/v1/responses/" + id);
        await world.SendAsync(HttpMethod.Delete, "/v1/responses/" + id, null);
        Assert.DoesNotContain("secret-", string.Join(System.Environment.NewLine, world.Logs.All.Select(static entry => entry.Text)), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-", (await world.GetAsync("/metrics")).Body, StringComparison.Ordinal);
        Assert.Contains("endpoint=\"/responses/{id}\"", (await world.GetAsync("/metrics")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await world.GetAsync("/metrics")).Body, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(KeyWorld world, string key)
    {
        Got got = await PostAsync(world, key, """{"model":"chat","input":"Hi"}""");
        Assert.True(got.Status is 200, got.Body);
        return (string)JsonNode.Parse(got.Body)!["id"]!;
    }

    private static Task<Got> PostAsync(KeyWorld world, string key, string body) => world.World.PostAsync("/v1/responses", body, ("authorization", "Bearer " + key));

    private static Task<Got> GetAsync(KeyWorld world, string key, string id) => world.World.GetAsync("/v1/responses/" + id, ("authorization", "Bearer " + key));
}
