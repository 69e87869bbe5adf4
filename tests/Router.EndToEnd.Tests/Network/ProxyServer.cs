using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>A proxy that answers CONNECT with a status, and makes the tunnel where that is 200. It is found as one of the environment is: with user and password in its address.</summary>
internal sealed class ProxyServer : IWebProxy, IAsyncDisposable
{
    public const string Password = "proxy-secret-2501";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly string? _status;
    private readonly Task _accepting;

    /// <summary>Starts a proxy.</summary>
    /// <param name="status">What it answers; null where it says nothing at all.</param>
    public ProxyServer(string? status)
    {
        _status = status;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ICredentials? Credentials { get; set; } = new NetworkCredential("user", Password);

    /// <summary>The heads of the requests so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The address as the environment has it.</summary>
    public string Address => $"http://user:{Password}@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public Uri GetProxy(Uri destination) => new(Address);

    public bool IsBypassed(Uri host) => false;

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
            while (true) _serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                while (await ReadHeadAsync(stream) is { Length: > 0 } head)
                {
                    Requests.Enqueue(head);
                    if (_status is null) continue;
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {_status}\r\n{(_status.StartsWith("200", StringComparison.Ordinal) ? "" : "Proxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n")}\r\n"), _stopping.Token);
                    if (_status.StartsWith("200", StringComparison.Ordinal)) await TunnelAsync(stream, head.Split(' ')[1]);
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One of the sides has heard enough, or the test is over.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, _stopping.Token) > 0)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) break;
        }

        return head.ToString();
    }

    private async Task TunnelAsync(NetworkStream client, string target)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPEndPoint.Parse(target), _stopping.Token);
        NetworkStream to = server.GetStream();
        await Task.WhenAny(client.CopyToAsync(to, _stopping.Token), to.CopyToAsync(client, _stopping.Token));
    }
}
