using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.EndToEnd.Tests.Audio;

/// <summary>
/// A server below HTTP that may answer before it has read a request: of each connection it reads so many bytes, into the same small buffer, and
/// then answers, resets the connection, or stops reading.
/// </summary>
internal sealed class UploadServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _most;
    private readonly byte[]? _answer;
    private readonly bool _resets;
    private readonly Task _accepting;
    private long _read;

    private UploadServer(long most, string? answer, bool resets)
    {
        (_most, _answer, _resets) = (most, answer is null ? null : Encoding.UTF8.GetBytes(answer), resets);
        _listener.Server.ReceiveBufferSize = 16 * 1024;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many bytes have been read, of all requests.</summary>
    public long Read => Volatile.Read(ref _read);

    /// <summary>Ends when a connection is no longer read.</summary>
    public Task Stalled => _stalled.Task;

    /// <summary>Ends when the client has dropped a connection that is no longer read.</summary>
    public Task Left => _left.Task;

    /// <summary>Reads the whole request and answers.</summary>
    public static UploadServer Answering(string body, string status = "200 OK") => new(long.MaxValue, Whole(body, status), resets: false);

    /// <summary>Answers once so many bytes are there, and reads no more.</summary>
    public static UploadServer AnsweringAfter(long bytes, string body, string status) => new(bytes, Whole(body, status), resets: false);

    /// <summary>Resets the connection once so many bytes are there.</summary>
    public static UploadServer ResettingAfter(long bytes) => new(bytes, null, resets: true);

    /// <summary>Stops to read once so many bytes are there.</summary>
    public static UploadServer StallingAfter(long bytes) => new(bytes, null, resets: false);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stopping.Dispose();
    }

    private static string Whole(string body, string status) => $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true) serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await ReadRequestAsync(socket);
                if (_resets)
                {
                    socket.LingerState = new LingerOption(true, 0);
                    return;
                }

                if (_answer is not null)
                {
                    await socket.SendAsync(_answer, _stopping.Token);
                    socket.Shutdown(SocketShutdown.Send);
                }

                _stalled.TrySetResult();
                await WaitForTheClientAsync(socket);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The client has heard enough, or the test is over.
            }

            _left.TrySetResult();
        }
    }

    private async Task ReadRequestAsync(Socket socket)
    {
        byte[] buffer = new byte[16 * 1024];
        long read = 0, all = long.MaxValue;
        string head = "";
        while (read < Math.Min(_most, all))
        {
            int more = await socket.ReceiveAsync(buffer, _stopping.Token);
            if (more == 0) return;
            read += more;
            Interlocked.Add(ref _read, more);
            if (all < long.MaxValue) continue;
            head += Encoding.Latin1.GetString(buffer, 0, more);
            int end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0) all = end + 4 + LengthIn(head);
        }
    }

    private static long LengthIn(string head)
    {
        const string name = "Content-Length: ";
        int at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
        return long.Parse(head.AsSpan(at, head.IndexOf('\r', at) - at));
    }

    // Once the client is gone, what it had sent is at its end, or the connection is reset.
    private async Task WaitForTheClientAsync(Socket socket)
    {
        byte[] rest = new byte[1024];
        if (_answer is null) await socket.ReceiveAsync(Memory<byte>.Empty, _stopping.Token);
        while (await socket.ReceiveAsync(rest, _stopping.Token) > 0)
        {
        }
    }
}
