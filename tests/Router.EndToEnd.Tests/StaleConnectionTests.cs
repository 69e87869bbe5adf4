using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RouterGen.EndToEnd.Tests.Support;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Pooled connections that the server closes when the next request comes, before a byte of an answer.</summary>
public sealed class StaleConnectionTests
{
    private const string Answer = """{"id":"1","object":"chat.completion","model":"gpt-4o-mini","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    public static MatrixTheoryData<Way, bool> WaysAndFarewells => new(Enum.GetValues<Way>(), [true, false]);

    [Theory]
    [MemberData(nameof(WaysAndFarewells))]
    public async Task A_request_on_a_connection_that_the_server_had_closed_is_sent_once_more_and_is_no_failure(Way way, bool resets)
    {
        await using var server = new ForgetfulServer(answersBeforeClosing: 1, resets);
        await using World world = await World.StartAsync((World.AddressOf(Dialect.OpenAIChat), server.Address));
        for (int i = 0; i < 4; i++)
        {
            Got got = await world.Only(Dialect.OpenAIChat).AskAsync(way);
            Assert.Equal("hello", got.Text);
            Assert.Single(got.Attempts);
        }

        DeploymentStatus status = world.Only(Dialect.OpenAIChat).Status[0];
        Assert.Equal((4L, 0L, DeploymentHealth.Healthy), (status.Calls, status.Failures, status.Health));
        Assert.True(server.Forgotten >= 1);
        Assert.Equal(4 + server.Forgotten, server.Requests);
    }

    [Theory]
    [MemberData(nameof(WaysAndFarewells))]
    public async Task A_failure_of_a_new_connection_is_a_failure(Way way, bool resets)
    {
        await using var server = new ForgetfulServer(answersBeforeClosing: 0, resets);
        await using World world = await World.StartAsync((World.AddressOf(Dialect.OpenAIChat), server.Address));

        Got got = await world.Pair(Dialect.OpenAIChat).AskAsync(way);

        Assert.Equal(World.RescuerOf(Dialect.OpenAIChat), got.Deployment);
        Assert.Equal(FailureKind.ConnectionFailed, got.Attempts[0].Outcome);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Where_the_new_connection_fails_too_the_attempt_has_failed_once_and_the_next_is_not_repeated()
    {
        await using var server = new ForgetfulServer(answersBeforeClosing: 1, resets: false, answersInAll: 1);
        await using World world = await World.StartAsync((World.AddressOf(Dialect.OpenAIChat), server.Address));
        Assert.Equal("hello", (await world.Pair(Dialect.OpenAIChat).AskAsync(Way.Whole)).Text);

        Got got = await world.Pair(Dialect.OpenAIChat).AskAsync(Way.Whole);

        Assert.Equal(World.RescuerOf(Dialect.OpenAIChat), got.Deployment);
        Assert.Equal(2, got.Attempts.Count);
        Assert.Equal(1, world.Pair(Dialect.OpenAIChat).Status[0].FailuresInARow);
        Assert.Equal(3, server.Requests);
    }

    /// <summary>Keeps connections alive, and closes each with the request after so many answers.</summary>
    private sealed class ForgetfulServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stopping = new();
        private readonly ConcurrentBag<Task> _serving = [];
        private readonly Task _accepting;
        private readonly int _answersBeforeClosing;
        private readonly bool _resets;
        private readonly int _answersInAll;
        private int _answers;
        private int _requests;
        private int _forgotten;

        public ForgetfulServer(int answersBeforeClosing, bool resets, int answersInAll = int.MaxValue)
        {
            (_answersBeforeClosing, _resets, _answersInAll) = (answersBeforeClosing, resets, answersInAll);
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public int Requests => Volatile.Read(ref _requests);

        /// <summary>The requests that were taken and not answered.</summary>
        public int Forgotten => Volatile.Read(ref _forgotten);

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _accepting;
            await Task.WhenAll(_serving);
            _listener.Stop();
            _stopping.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true) _serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            using (socket)
            {
                try
                {
                    for (int served = 0; await ReadRequestAsync(socket) is { } request; served++)
                    {
                        Interlocked.Increment(ref _requests);
                        if (served >= _answersBeforeClosing || Interlocked.Increment(ref _answers) > _answersInAll)
                        {
                            Interlocked.Increment(ref _forgotten);
                            if (_resets) socket.LingerState = new LingerOption(true, 0);
                            return;
                        }

                        bool streams = request.Contains("\"stream\":true", StringComparison.Ordinal);
                        string body = streams ? $"data: {Answer.Replace("\"message\"", "\"delta\"", StringComparison.Ordinal)}\n\ndata: [DONE]\n\n" : Answer;
                        string head = $"HTTP/1.1 200 OK\r\nContent-Type: {(streams ? "text/event-stream" : "application/json")}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
                        await socket.SendAsync(Encoding.UTF8.GetBytes(head + body), _stopping.Token);
                    }
                }
                catch (Exception exception) when (exception is SocketException or OperationCanceledException)
                {
                    // The client has heard enough, or the test is over.
                }
            }
        }

        private async Task<string?> ReadRequestAsync(Socket socket)
        {
            var text = new StringBuilder();
            byte[] buffer = new byte[16 * 1024];
            while (true)
            {
                int read = await socket.ReceiveAsync(buffer, _stopping.Token);
                if (read == 0) return null;
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                string request = text.ToString();
                int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end < 0) continue;
                const string Name = "Content-Length: ";
                int at = request.IndexOf(Name, StringComparison.OrdinalIgnoreCase) + Name.Length;
                int length = int.Parse(request.AsSpan(at, request.IndexOf('\r', at) - at), System.Globalization.CultureInfo.InvariantCulture);
                if (request.Length >= end + 4 + length) return request;
            }
        }
    }
}
