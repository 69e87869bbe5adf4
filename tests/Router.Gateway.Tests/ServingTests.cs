using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests;

/// <summary>What a gateway owes to those who wait for it: pings, limits, and an end.</summary>
public sealed class ServingTests
{
    public static readonly TheoryData<string, string> Pings = new() { { "chat", ": ping\n\n" }, { "messages", "event: ping\ndata: {\"type\":\"ping\"}\n\n" }, { "responses", ": ping\n\n" } };

    [Theory, MemberData(nameof(Pings))]
    public async Task A_silent_stream_is_kept_open(string dialect, string ping)
    {
        var time = new VirtualTime();
        var events = new Pipe();
        await using World world = await World.StartAsync(new Upstream().ThenStream(events.Reader.AsStream()), new GatewayOptions { TimeProvider = time, PingInterval = TimeSpan.FromSeconds(15) });
        var client = Client.Of(dialect);
        using HttpResponseMessage response = await SendAsync(world, client, stream: true, beforeHeaders: async () =>
        {
            // Nothing has come yet: the first ping is the first that the client gets.
            await WaitAsync(() => time.ActiveTimers > 0);
            time.Advance(TimeSpan.FromSeconds(15));
        });
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(ping, await ReadAsync(reader, ping.Length));

        await WaitAsync(() => time.ActiveTimers > 0);
        time.Advance(TimeSpan.FromSeconds(14));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ping, await ReadAsync(reader, ping.Length));

        await events.Writer.WriteAsync(Encoding.UTF8.GetBytes(Wire.Unnamed("""{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}]}""", """{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""", """{"id":"c","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""", "[DONE]")));
        await events.Writer.CompleteAsync();
        Assert.Equal("Hi", client.Read(SentEvent.Parse(await reader.ReadToEndAsync())).Text);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    public async Task Each_event_is_sent_at_once(string dialect)
    {
        var events = new Pipe();
        await using World world = await World.StartAsync(new Upstream().ThenStream(events.Reader.AsStream()));
        var client = Client.Of(dialect);
        using HttpResponseMessage response = await SendAsync(world, client, stream: true, beforeHeaders: () => SayAsync(events, "Hel"));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await ReadToAsync(reader, "Hel");
        await SayAsync(events, "lo");
        await ReadToAsync(reader, "lo");
    }

    [Theory]
    [InlineData("chat", false)]
    [InlineData("messages", true)]
    [InlineData("responses", true)]
    public async Task A_client_that_leaves_ends_the_call(string dialect, bool stream)
    {
        await using World world = await World.StartAsync();
        DeploymentScript deployment = world.Providers!["openai/gpt-4o-mini"];
        deployment.Always(stream ? Fault.StallAfter(1) : Fault.BlackHole);
        var client = Client.Of(dialect);
        using var leaving = new CancellationTokenSource();
        Task<HttpResponseMessage> call = world.Http.SendAsync(Request(client, stream), HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        await deployment.WaitUntilAsync(script => script.InFlight == 1);
        if (stream) (await call).Dispose();
        await leaving.CancelAsync();
        await deployment.WaitUntilAsync(script => script is { InFlight: 0, Aborted: 1 }).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("chat", "invalid_request_error")]
    [InlineData("messages", "request_too_large")]
    [InlineData("responses", "invalid_request_error")]
    public async Task A_body_that_is_too_large_is_refused(string dialect, string type)
    {
        await using World world = await World.StartAsync(new GatewayOptions { MaxRequestBytes = 1000 });
        var client = Client.Of(dialect);
        Got got = await world.PostAsync(client.Path, client.Request("chat", false, client.User(new string('x', 1000))).ToJsonString());
        Assert.Equal((413, type), (got.Status, (string?)JsonNode.Parse(got.Body)!["error"]!["type"]));
        using HttpResponseMessage unsized = await world.Http.PostAsync(client.Path, new StreamContent(new UnsizedStream(2000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, unsized.StatusCode);
        Assert.Equal(0, world.Providers!["openai/gpt-4o-mini"].Calls);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        var time = new VirtualTime();
        await using World world = await World.StartAsync(new GatewayOptions { TimeProvider = time, BodyTimeout = TimeSpan.FromSeconds(60) });
        using var connection = new TcpClient();
        await connection.ConnectAsync(world.Http.BaseAddress!.Host, world.Http.BaseAddress.Port);
        await connection.GetStream().WriteAsync("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
        await WaitAsync(() => time.ActiveTimers > 0);
        time.Advance(TimeSpan.FromSeconds(60));
        using var reader = new StreamReader(connection.GetStream());
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static async Task SayAsync(Pipe events, string text) =>
        await events.Writer.WriteAsync(Encoding.UTF8.GetBytes(Wire.Unnamed($$$"""{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}""")));

    private static HttpRequestMessage Request(Client client, bool stream) =>
        new(HttpMethod.Post, client.Path) { Content = new StringContent(client.Request("chat", stream, client.User("Hi")).ToJsonString(), Encoding.UTF8, "application/json") };

    private static async Task<HttpResponseMessage> SendAsync(World world, Client client, bool stream, Func<Task> beforeHeaders)
    {
        Task<HttpResponseMessage> call = world.Http.SendAsync(Request(client, stream), HttpCompletionOption.ResponseHeadersRead);
        await beforeHeaders();
        return await call.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static async Task<string> ReadAsync(StreamReader reader, int length)
    {
        char[] text = new char[length];
        await reader.ReadBlockAsync(text).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        return new string(text);
    }

    private static async Task ReadToAsync(StreamReader reader, string text)
    {
        var read = new StringBuilder();
        while (!read.ToString().Contains(text, StringComparison.Ordinal)) read.Append(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) ?? throw new EndOfStreamException(read.ToString()));
    }

    // The server is a thread of its own: what it does shows some time later.
    private static async Task WaitAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A body whose length is not told.</summary>
    private sealed class UnsizedStream(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
