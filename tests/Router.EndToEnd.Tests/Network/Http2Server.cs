using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>A server of HTTP/2 frames over TLS: it does to each request what the test says, also what no well-behaved server would.</summary>
internal sealed class Http2Server : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly Func<Http2Exchange, Task> _answer;
    private readonly byte[] _settings;
    private readonly Task _accepting;
    private int _connections;
    private int _requests;

    /// <summary>Starts a server.</summary>
    /// <param name="answer">What is done once a request has arrived; requests are numbered from 1.</param>
    /// <param name="maxStreams">How many requests a connection takes at once.</param>
    public Http2Server(Func<Http2Exchange, Task> answer, byte maxStreams = 100)
    {
        _answer = answer;
        _settings = [0, 3, 0, 0, 0, maxStreams]; // SETTINGS_MAX_CONCURRENT_STREAMS
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Connections => Volatile.Read(ref _connections);

    public int Requests => Volatile.Read(ref _requests);

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
        socket.NoDelay = true;
        using (socket)
        await using (var stream = new SslStream(new NetworkStream(socket)))
        {
            var answers = new List<Task>();
            try
            {
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestAuthority.Valid, ApplicationProtocols = [SslApplicationProtocol.Http2] }, _stopping.Token);
                int number = Interlocked.Increment(ref _connections);
                await stream.ReadExactlyAsync(new byte[24], _stopping.Token); // The client's preface.
                var connection = new Http2Connection(number, socket, stream, _stopping.Token);
                await connection.SendAsync(new Http2Frame(FrameKind.Settings, 0, 0, _settings));
                await connection.ReadAsync(exchange => answers.Add(AnswerAsync(exchange)));
            }
            catch (Exception exception) when (IsFarewell(exception))
            {
                // The client or the test has ended the connection.
            }

            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(Http2Exchange exchange)
    {
        exchange.Number = Interlocked.Increment(ref _requests);
        try
        {
            await _answer(exchange);
        }
        catch (Exception exception) when (IsFarewell(exception))
        {
            // As above.
        }
    }

    private static bool IsFarewell(Exception exception) =>
        exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException or InvalidOperationException;
}
