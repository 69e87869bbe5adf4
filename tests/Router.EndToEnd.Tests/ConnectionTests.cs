using System.Net;
using System.Net.Sockets;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Providers that cannot be reached, or that take the request and are not heard of again.</summary>
public sealed class ConnectionTests
{
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new(Dialects, Enum.GetValues<Way>());

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_closed_port(Dialect dialect, Way way)
    {
        Attempt failed = await FailoverFromAsync($"http://127.0.0.1:{ClosedPort()}", dialect, way);
        Assert.Equal(FailureKind.ConnectionFailed, failed.Outcome);
        Assert.Contains("refused", failed.Message);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_name_that_does_not_resolve(Dialect dialect, Way way)
    {
        Attempt failed = await FailoverFromAsync("https://nowhere.invalid", dialect, way);
        Assert.Equal(FailureKind.ConnectionFailed, failed.Outcome);
        Assert.Contains("nowhere.invalid", failed.Message);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task TLS_to_a_port_that_does_not_speak_it(Dialect dialect, Way way)
    {
        await using ByteServer server = ByteServer.Sending(Farewell.Close, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        Attempt failed = await FailoverFromAsync($"https://127.0.0.1:{server.Port}", dialect, way);
        Assert.Equal(FailureKind.ConnectionFailed, failed.Outcome);
        Assert.Contains("secure connection", failed.Message);
        Assert.DoesNotContain(World.KeyOf(dialect), string.Concat(server.Requests));
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_black_hole_is_left_in_time_and_its_connection_dropped(Dialect dialect, Way way)
    {
        await using World world = await World.StartAsync();
        world.Script(dialect).Always(Fault.BlackHole);

        Got got = await world.Impatient(dialect).AskAsync(way);

        Assert.Equal("openai/gpt-4.1-nano", got.Deployment);
        Assert.Equal(FailureKind.Timeout, got.Attempts[0].Outcome);
        Assert.Null(got.Attempts[0].StatusCode);
        Assert.Contains(way is Way.Streamed ? "FirstTokenTimeoutSeconds" : "AttemptTimeoutSeconds", got.Attempts[0].Message);
        Assert.True(got.Attempts[0].Duration >= TimeSpan.FromSeconds(0.25));
        await world.Script(dialect).WaitUntilAsync(script => script.Aborted == got.Attempts.Count - 1);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat, Way.Whole)]
    [InlineData(Dialect.AnthropicMessages, Way.Whole)]
    [InlineData(Dialect.Gemini, Way.Whole)]
    [InlineData(Dialect.OpenAIChat, Way.Synchronous)]
    [InlineData(Dialect.AnthropicMessages, Way.Synchronous)]
    [InlineData(Dialect.Gemini, Way.Synchronous)]
    public async Task A_body_that_stalls_is_left_in_time(Dialect dialect, Way way)
    {
        await using World world = await World.StartAsync();
        world.Script(dialect).Always(Fault.StallAfter(0));

        Got got = await world.Impatient(dialect).AskAsync(way);

        Assert.Equal("openai/gpt-4.1-nano", got.Deployment);
        Assert.Equal(FailureKind.Timeout, got.Attempts[0].Outcome);
        Assert.Contains("AttemptTimeoutSeconds", got.Attempts[0].Message);
        Assert.True(got.Attempts[0].Duration >= TimeSpan.FromSeconds(0.25));
        await world.Script(dialect).WaitUntilAsync(script => script.Aborted == got.Attempts.Count - 1);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task A_connection_that_died_in_the_pool_costs_no_call(Dialect dialect, Way way)
    {
        // The server says that the connection stays open, and closes it: the second call finds it dead.
        string body = dialect switch
        {
            Dialect.OpenAIChat => """{"choices":[{"index":0,"message":{"content":"here"},"finish_reason":"stop"}]}""",
            Dialect.OpenAIResponses => """{"object":"response","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"here"}]}]}""",
            Dialect.AnthropicMessages => """{"type":"message","content":[{"type":"text","text":"here"}],"stop_reason":"end_turn"}""",
            Dialect.BedrockConverse => """{"output":{"message":{"role":"assistant","content":[{"text":"here"}]}},"stopReason":"end_turn"}""",
            _ => """{"candidates":[{"content":{"parts":[{"text":"here"}]},"finishReason":"STOP"}]}""",
        };
        await using ByteServer server = ByteServer.Sending(Farewell.Close, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await using World world = await World.StartAsync((World.AddressOf(dialect), server.Address));

        for (int call = 0; call < 5; call++)
        {
            Got got = await world.Only(dialect).AskAsync(way);
            Assert.Equal("here", got.Text);
        }
    }

    [Theory]
    [InlineData(Way.Whole)]
    [InlineData(Way.Streamed)]
    [InlineData(Way.Synchronous)]
    public async Task A_connection_that_is_not_made_in_time(Way way)
    {
        await using ByteServer server = ByteServer.Sending(Farewell.Stay, ""); // It takes the connection, and says nothing to the offer of TLS.
        await using World world = await World.StartAsync(("OPENAI_BASE_URL", $"https://127.0.0.1:{server.Port}"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => world.Fleet.OpenaiEager.AskAsync(way));

        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Contains("ConnectTimeout", failure.Message);
        Assert.InRange(failure.Attempts[0].Duration, TimeSpan.FromSeconds(0.15), TimeSpan.FromSeconds(9)); // The usual one is 10 s.
    }

    private static async Task<Attempt> FailoverFromAsync(string address, Dialect dialect, Way way)
    {
        await using World world = await World.StartAsync((World.AddressOf(dialect), address));
        Got got = await world.Pair(dialect).AskAsync(way);
        Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        Assert.Equal(2, got.Attempts.Count);
        Assert.Equal(DeploymentHealth.CoolingDown, world.Pair(dialect).Status[0].Health);
        return got.Attempts[0];
    }

    private static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Bound, so that nobody else gets it; not listening.
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
