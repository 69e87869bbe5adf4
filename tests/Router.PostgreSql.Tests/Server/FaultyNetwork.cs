using System.Net;
using System.Net.Sockets;

namespace RouterGen.PostgreSql.Tests.Server;

/// <summary>A network between a program and a server that a test makes slow, silent, or breaks at a chosen place.</summary>
public sealed class FaultyNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Socket> _sockets = [];
    private readonly int _target;
    private readonly Task _accepting;
    private int _cuts;

    /// <summary>Makes one.</summary>
    /// <param name="target">The port of the server.</param>
    public FaultyNetwork(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Gets the port that leads to the server.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Gets or sets how long each piece takes on its way to the server.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Gets or sets whether all is lost on its way, without any end of a connection.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Gets how often a reply was lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Breaks the next connections on which a server replies, each instead of its reply: what was asked for is done.</summary>
    public void CutReplies(int count) => Volatile.Write(ref _cuts, count);

    /// <summary>Breaks all connections.</summary>
    public void CutAll()
    {
        lock (_sockets)
        {
            foreach (Socket socket in _sockets) socket.Dispose();
            _sockets.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        CutAll();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_end.Token);
                var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    await server.ConnectAsync(IPAddress.Loopback, _target);
                }
                catch (SocketException)
                {
                    client.Dispose();
                    continue;
                }

                lock (_sockets) _sockets.AddRange([client, server]);
                _ = PassAsync(client, server, isReply: false);
                _ = PassAsync(server, client, isReply: true);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool isReply)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (isReply && Interlocked.Decrement(ref _cuts) >= 0)
                {
                    Lost++;
                    break;
                }

                if (!isReply && Delay > TimeSpan.Zero) await Task.Delay(Delay, _end.Token);
                if (!IsSilent) await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Both ends are closed below.
        }

        from.Dispose();
        to.Dispose();
    }
}
