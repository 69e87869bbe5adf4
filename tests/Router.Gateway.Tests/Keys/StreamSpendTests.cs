using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>What streams cost, whether they end or their clients leave.</summary>
public sealed class StreamSpendTests
{
    private const string Body = """{"model":"chat","stream":true,"messages":[{"role":"user","content":"Hello"}]}""";

    private const string Delta = """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi there, this is a text."},"finish_reason":null}]}""";

    [Fact]
    public async Task A_stream_is_charged_by_its_usage()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"max_budget":0.1,"max_parallel_requests":1}""");
        world.Upstream.Stream = new MemoryStream(Encoding.UTF8.GetBytes(Wire.Unnamed(
            Delta,
            """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":1000000,"completion_tokens":0,"total_tokens":1000000}}""",
            "[DONE]")));
        Got got = await world.World.PostAsync("/v1/chat/completions", Body, ("authorization", $"Bearer {key}"));
        Assert.Equal(200, got.Status);
        Assert.Contains("[DONE]", got.Body);
        Assert.Equal(0.15m, await world.SpendAsync(key));
        Assert.Equal(429, (await world.ChatAsync(key)).Status);
    }

    [Fact]
    public async Task A_stream_whose_client_leaves_is_charged_by_what_had_arrived()
    {
        await using KeyWorld world = await KeyWorld.StartAsync();
        string key = await world.KeyAsync("""{"max_parallel_requests":1}""");
        var pipe = new Pipe();
        world.Upstream.Stream = pipe.Reader.AsStream();
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Body, Encoding.UTF8, "application/json") })
        {
            request.Headers.Authorization = new("Bearer", key);
            Task<HttpResponseMessage> sent = world.World.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(Wire.Unnamed(Delta)));
            using HttpResponseMessage response = await sent;
            Assert.True(response.IsSuccessStatusCode); // else there is no row to wait for
            await response.Content.ReadAsStream().ReadExactlyAsync(new byte[20]);
        }

        JsonArray rows;
        do rows = (await world.ReadAsync($"/spend/logs?api_key={key}")).AsArray();
        while (rows.Count == 0);
        Assert.Equal(499, (int)rows[0]!["metadata"]!["status_code"]!);
        Assert.InRange((int)rows.Sum(static row => (int)row!["completion_tokens"]!), 1, 20);
        Assert.True(await world.SpendAsync(key) > 0);
        world.Upstream.Stream = null;
        Assert.Equal(200, (await world.ChatAsync(key)).Status);
    }
}
