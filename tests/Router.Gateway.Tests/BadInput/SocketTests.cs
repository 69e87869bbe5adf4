using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests.BadInput;

/// <summary>Connections that do what no library does: each gets its answer, and none holds anything for ever.</summary>
public sealed class SocketTests
{
    private const string Hello = """{"model":"chat","max_tokens":9,"messages":[{"role":"user","content":"Hello"}]}""";

    [Theory, MemberData(nameof(Refusals.All), MemberType = typeof(Refusals))]
    public async Task A_body_that_never_ends_is_refused_in_time(string path)
    {
        var time = new VirtualTime();
        await using World world = await World.StartAsync(new GatewayOptions { TimeProvider = time, BodyTimeout = TimeSpan.FromSeconds(60) });
        using RawClient client = await RawClient.ConnectAsync(world);
        string type = Refusals.Forms.Contains(path) ? "multipart/form-data; boundary=b" : "application/json";
        await client.SendAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n--b\r\r\n");
        await Wait.UntilAsync(() => time.ActiveTimers > 0);
        time.Advance(TimeSpan.FromSeconds(59));
        await client.SendAsync("1\r\n\n\r\n"); // a byte in time does not make it a body
        time.Advance(TimeSpan.FromSeconds(1));
        Got got = await client.ReadAsync();
        Refusals.Check(path, got, 408);
        Assert.Equal(0, time.ActiveTimers);
    }

    [Fact]
    public async Task A_body_that_is_cut_asks_no_provider()
    {
        await using World world = await World.StartAsync();
        using (RawClient client = await RawClient.ConnectAsync(world)) await client.SendAsync($"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{Hello}");
        Assert.Equal(200, (await world.PostAsync("/v1/chat/completions", Hello)).Status);
        Assert.Equal(1, world.Providers!["openai/gpt-4o-mini"].Calls);
    }

    [Fact]
    public async Task Chunks_and_trailers_are_read()
    {
        await using World world = await World.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(world);
        string chunks = string.Concat(Hello.Select(static letter => $"1;extension=x\r\n{letter}\r\n"));
        await client.SendAsync($"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nTrailer: x-model\r\n\r\n{chunks}0\r\nx-model: claude\r\nauthorization: Bearer x\r\n\r\n");
        Got got = await client.ReadAsync();
        Assert.Equal((200, "chat"), (got.Status, got.Headers["x-routergen-group"]));

        // The connection goes on behind the trailers.
        await client.SendAsync(RawClient.Request("/v1/chat/completions", Hello));
        Assert.Equal(200, (await client.ReadAsync()).Status);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n\r\n")]
    [InlineData("Transfer-Encoding: gzip\r\n\r\nxx")]
    [InlineData("Transfer-Encoding: identity\r\n\r\nxx")]
    [InlineData("Content-Length: 10\r\nContent-Length: 20\r\n\r\n0123456789")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Length: 1, 1\r\n\r\nx")]
    [InlineData("Content-Length: 99999999999999999999999\r\n\r\nx")]
    [InlineData("Content-Type : application/json\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData(" folded: x\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("X: a\0b\r\nContent-Length: 2\r\n\r\n{}")]
    public async Task Headers_that_two_servers_could_read_in_two_ways_are_refused(string rest)
    {
        await using World world = await World.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(world);
        await client.SendAsync($"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{rest}");
        (int status, _) = await client.ReadHeadAsync();
        Assert.Contains(status, (int[])[400, 411, 501]);
        Assert.Equal(0, world.Providers!["openai/gpt-4o-mini"].Calls);
    }

    [Fact]
    public async Task A_length_beside_chunks_begins_no_second_request()
    {
        await using World world = await World.StartAsync();
        using RawClient client = await RawClient.ConnectAsync(world);
        string hidden = RawClient.Request("/v1/chat/completions", Hello);
        await client.SendAsync($"POST /v1/embeddings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}");
        Got got = await client.ReadAsync();
        Assert.Equal(400, got.Status);
        await client.ReadToEndAsync(); // it is closed
        Assert.Equal(0, world.Providers!["openai/gpt-4o-mini"].Calls);
    }

    [Fact]
    public async Task A_megabyte_of_headers_is_refused()
    {
        await using World world = await World.StartAsync();
        foreach (string headers in (string[])[$"X-Big: {new string('x', 1024 * 1024)}\r\n", string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"X-{i}: {new string('x', 40)}\r\n"))])
        {
            using RawClient client = await RawClient.ConnectAsync(world);
            await client.SendAsync(RawClient.Request("/v1/chat/completions", Hello, headers));
            (int status, _) = await client.ReadHeadAsync();
            Assert.Contains(status, (int[])[0, 431]); // where the answer is lost, the connection was closed with bytes unread
        }

        using RawClient line = await RawClient.ConnectAsync(world);
        await line.SendAsync($"POST /v1/{new string('x', 1024 * 1024)} HTTP/1.1\r\n\r\n");
        Assert.Contains((await line.ReadHeadAsync()).Status, (int[])[0, 414]);
        Assert.Equal(0, world.Providers!["openai/gpt-4o-mini"].Calls);
    }

    [Fact]
    public async Task A_client_that_asks_first_is_answered_before_it_sends()
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right", MaxRequestBytes = 1000 });
        string head = $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n";
        using (RawClient refused = await RawClient.ConnectAsync(world))
        {
            await refused.SendAsync($"{head}Content-Length: {Hello.Length}\r\n\r\n");
            Refusals.Check("/v1/chat/completions", await refused.ReadAsync(), 401);
        }

        using (RawClient large = await RawClient.ConnectAsync(world))
        {
            await large.SendAsync($"{head}Authorization: Bearer sk-right\r\nContent-Length: 1001\r\n\r\n");
            Refusals.Check("/v1/chat/completions", await large.ReadAsync(), 413);
        }

        using RawClient client = await RawClient.ConnectAsync(world);
        await client.SendAsync($"{head}Authorization: Bearer sk-right\r\nContent-Length: {Hello.Length}\r\n\r\n");
        Assert.Equal(100, (await client.ReadHeadAsync()).Status);
        await client.SendAsync(Hello);
        Assert.Equal(200, (await client.ReadAsync()).Status);
    }

    [Fact]
    public async Task Idle_connections_keep_nobody_out()
    {
        await using World world = await World.StartAsync();
        RawClient[] idle = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => RawClient.ConnectAsync(world)));
        try
        {
            // Half of them have begun a request that does not go on.
            await Task.WhenAll(idle.Where(static (_, index) => index % 2 == 0).Select(static client => client.SendAsync("POST /v1/chat/completions HTTP/1.1\r\nHost: local")));
            Assert.Equal(200, (await world.PostAsync("/v1/chat/completions", Hello)).Status);
            await idle[1].SendAsync(RawClient.Request("/v1/chat/completions", Hello));
            Assert.Equal(200, (await idle[1].ReadAsync()).Status);
        }
        finally
        {
            foreach (RawClient client in idle) client.Dispose();
        }
    }

    [Theory]
    [InlineData("chat", "chat")]
    [InlineData("messages", "chat")]
    [InlineData("responses", "chat")]
    public async Task A_client_that_reads_slowly_is_waited_for_and_gets_all(string dialect, string group)
    {
        var upstream = new EndlessAnswer(events: 200_000);
        await using World world = await World.StartAsync(new Upstream().ThenStream(upstream));
        var client = Client.Of(dialect);
        using RawClient slow = await RawClient.ConnectAsync(world, receiveBuffer: 4096);
        await slow.SendAsync(RawClient.Request(client.Path, client.Request(group, true, client.User("Hi")).ToJsonString()));
        for (int i = 0; i < 100; i++) Assert.True(await slow.ReadByteAsync());

        // The gateway has stopped to read when it asks for nothing more, with most of the answer still to come.
        await Wait.UntilStillAsync(() => upstream.BytesRead);
        Assert.InRange(upstream.BytesRead, 1, upstream.Length / 4);
        Assert.False(upstream.IsDisposed);
        slow.Dispose();
        await Wait.UntilAsync(() => upstream.IsDisposed); // and the provider is left as soon as the client is gone
        Assert.InRange(upstream.BytesRead, 1, upstream.Length / 2);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    public async Task A_provider_that_dribbles_is_read_as_it_comes(string dialect)
    {
        var upstream = new EndlessAnswer(events: 3) { Most = 1 };
        await using World world = await World.StartAsync(new Upstream().ThenStream(upstream));
        var client = Client.Of(dialect);
        Answered answer = await client.AskAsync(world, client.Request("chat", true, client.User("Hi")));
        Assert.Equal("xxx", answer.Text.Replace(EndlessAnswer.Padding, "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    [InlineData("responses")]
    public async Task A_provider_that_dribbles_for_ever_is_left_at_the_calls_deadline(string dialect)
    {
        var time = new VirtualTime();
        var upstream = new EndlessAnswer(events: int.MaxValue) { Most = 1, Stops = 4000 };
        await using World world = await World.StartAsync(new Upstream().ThenStream(upstream), null, time);
        var client = Client.Of(dialect);
        using RawClient waiting = await RawClient.ConnectAsync(world);
        await waiting.SendAsync(RawClient.Request(client.Path, client.Request("chat", true, client.User("Hi")).ToJsonString()));
        await waiting.ReadToAsync("x");
        await Wait.UntilAsync(() => upstream.BytesRead == upstream.Stops);
        time.Advance(TimeSpan.FromSeconds(31)); // the group's timeoutSeconds are 30
        string rest = (await waiting.ReadAsync()).Body;
        Assert.Contains("\"error\"", rest);
        Assert.True(upstream.IsDisposed);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task What_a_provider_says_of_our_key_is_not_said_of_the_clients(int status)
    {
        await using World world = await World.StartAsync();
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.Status(status));
        foreach (string path in (string[])["/v1/chat/completions", "/v1/messages", "/v1/responses"])
        {
            foreach (bool stream in (bool[])[false, true])
            {
                string body = path is "/v1/responses" ? $$"""{"model":"chat","input":"Hi","stream":{{(stream ? "true" : "false")}}}""" : Hello[..^1] + $",\"stream\":{(stream ? "true" : "false")}}}";
                Refusals.Check(path, await world.PostAsync(path, body), 502);
            }
        }
    }
}
