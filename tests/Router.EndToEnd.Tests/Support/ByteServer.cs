using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>How a <see cref="ByteServer"/> takes leave.</summary>
internal enum Farewell
{
    /// <summary>Closes the connection in good order.</summary>
    Close,

    /// <summary>Resets it.</summary>
    Reset,

    /// <summary>Says nothing more and keeps it open.</summary>
    Stay,
}

/// <summary>A server below HTTP: it reads one request from each connection and sends the bytes that it was given, each item a write.</summary>
internal sealed class ByteServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<string, byte[][]> _answer;
    private readonly Farewell _farewell;
    private readonly Task _accepting;

    private ByteServer(Func<string, byte[][]> answer, Farewell farewell)
    {
        _answer = answer;
        _farewell = farewell;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>The requests so far, as they came.</summary>
    public string[] Requests => _requests.ToArray();

    public static ByteServer Sending(Farewell farewell, params byte[][] writes) => new(_ => writes, farewell);

    public static ByteServer Sending(Farewell farewell, params string[] writes) => Sending(farewell, writes.Select(Encoding.UTF8.GetBytes).ToArray());

    /// <summary>Answers with what the function makes of the request's head.</summary>
    public static ByteServer Answering(Func<string, string> answer) => new(request => [Encoding.UTF8.GetBytes(answer(request))], Farewell.Close);

    /// <summary>The head of an answer whose body ends with the connection.</summary>
    public static string Head(string contentType = "application/json", string status = "200 OK", string more = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\nConnection: close\r\n{more}\r\n";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
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
            socket.NoDelay = true;
            try
            {
                string request = await ReadRequestAsync(socket);
                _requests.Enqueue(request);
                foreach (byte[] write in _answer(request)) await socket.SendAsync(write, _stopping.Token);
                if (_farewell is Farewell.Close) socket.Shutdown(SocketShutdown.Send);
                if (_farewell is Farewell.Reset) socket.LingerState = new LingerOption(true, 0);
                else await WaitForTheClientAsync(socket);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The client has heard enough, or the test is over.
            }
        }
    }

    private async Task<string> ReadRequestAsync(Socket socket)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            int read = await socket.ReceiveAsync(buffer, _stopping.Token);
            if (read == 0) return text.ToString();
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (IsWhole(text.ToString())) return text.ToString();
        }
    }

    /// <summary>Whether the head is there, and as much of a body as it announces; a TLS hello is no head and counts as whole.</summary>
    private static bool IsWhole(string request)
    {
        if (!request.StartsWith("POST ", StringComparison.Ordinal)) return true;
        int end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        const string name = "Content-Length: ";
        int at = request.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
        int length = int.Parse(request.AsSpan(at, request.IndexOf('\r', at) - at));
        return request.Length >= end + 4 + length;
    }

    private async Task WaitForTheClientAsync(Socket socket)
    {
        byte[] rest = new byte[1024];
        while (await socket.ReceiveAsync(rest, _stopping.Token) > 0)
        {
        }
    }
}
