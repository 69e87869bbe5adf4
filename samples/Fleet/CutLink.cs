using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FleetSample;

/// <summary>A link to a server that can be cut: connections end, and none is made until it is mended.</summary>
internal sealed class CutLink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = new();
    private readonly int _server;
    private volatile bool _isCut;

    public CutLink(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut()
    {
        _isCut = true;
        foreach (TcpClient client in _clients.Keys) client.Dispose();
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            if (_isCut) return;
            _clients[client] = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _server);
                Task there = client.GetStream().CopyToAsync(server.GetStream());
                Task back = server.GetStream().CopyToAsync(client.GetStream());
                await Task.WhenAny(there, back);
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
                // It was cut, or the server is down.
            }

            _clients.TryRemove(client, out _);
        }
    }
}
