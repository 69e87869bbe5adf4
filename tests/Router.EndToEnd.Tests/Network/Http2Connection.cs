using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>One connection of a <see cref="Http2Server"/>.</summary>
internal sealed class Http2Connection(int number, Socket socket, SslStream stream, CancellationToken stopping)
{
    private readonly Dictionary<int, Http2Exchange> _exchanges = [];
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>Counted from 1.</summary>
    public int Number => number;

    public CancellationToken Stopping => stopping;

    /// <summary>Reads frames to the end of the connection, and says which requests have arrived whole.</summary>
    public async Task ReadAsync(Action<Http2Exchange> arrived)
    {
        while (await Http2Frame.ReadAsync(stream, stopping) is { } frame)
        {
            switch (frame.Kind)
            {
                case FrameKind.Settings or FrameKind.Ping when !frame.Has(Http2Frame.Ack):
                    await SendAsync(frame with { Flags = Http2Frame.Ack, Payload = frame.Kind is FrameKind.Ping ? frame.Payload : [] });
                    break;
                case FrameKind.Headers:
                    _exchanges[frame.Stream] = new Http2Exchange(this, frame.Stream);
                    break;
                case FrameKind.Data:
                    Http2Exchange exchange = _exchanges[frame.Stream];
                    exchange.Request += Encoding.UTF8.GetString(frame.Payload);
                    if (frame.Has(Http2Frame.EndStream)) arrived(exchange);
                    break;
                case FrameKind.Reset:
                    _exchanges[frame.Stream].WasReset.TrySetResult((Http2Code)frame.Payload[3]);
                    break;
            }
        }
    }

    public async Task SendAsync(Http2Frame frame)
    {
        await _sending.WaitAsync(stopping);
        try
        {
            await stream.WriteAsync(frame.ToBytes(), stopping);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Ends the connection, in good order or with a reset.</summary>
    public void Close(bool resets = false)
    {
        if (resets) socket.LingerState = new LingerOption(true, 0);
        else socket.Shutdown(SocketShutdown.Send);
        if (resets) socket.Close();
    }
}
