using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A client that writes to a socket what no library would.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly List<byte> _unread = [];

    /// <summary>Gets the socket.</summary>
    public Socket Socket => _socket;

    /// <summary>Connects to a gateway.</summary>
    public static async Task<RawClient> ConnectAsync(World world, int? receiveBuffer = null)
    {
        var client = new RawClient();
        if (receiveBuffer is { } size) client._socket.ReceiveBufferSize = size;
        await client._socket.ConnectAsync(world.Http.BaseAddress!.Host, world.Http.BaseAddress.Port);
        return client;
    }

    /// <summary>Returns a request with a body.</summary>
    public static string Request(string path, string body, string headers = "Content-Type: application/json\r\n", string method = "POST") =>
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>Writes text.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes. A server that has had enough may have closed.</summary>
    public async Task SendAsync(byte[] bytes)
    {
        try
        {
            await _socket.SendAsync(bytes).WaitAsync(Patience);
        }
        catch (SocketException)
        {
        }
    }

    /// <summary>Reads the head of a response.</summary>
    public async Task<(int Status, Dictionary<string, string> Headers)> ReadHeadAsync()
    {
        string head;
        while (true)
        {
            head = Encoding.Latin1.GetString([.. _unread]);
            int end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                _unread.RemoveRange(0, end + 4);
                head = head[..end];
                break;
            }

            if (!await MoreAsync()) return (0, []); // closed without a word
        }

        string[] lines = head.Split("\r\n");
        var headers = lines.Skip(1).Select(static line => line.Split(':', 2)).ToDictionary(static pair => pair[0], static pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        return (int.Parse(lines[0].AsSpan("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture), headers);
    }

    /// <summary>Reads a whole response.</summary>
    public async Task<Got> ReadAsync()
    {
        (int status, Dictionary<string, string> headers) = await ReadHeadAsync();
        if (headers.TryGetValue("Content-Length", out string? length))
        {
            int size = int.Parse(length, CultureInfo.InvariantCulture);
            while (_unread.Count < size && await MoreAsync()) continue;
            string body = Encoding.UTF8.GetString([.. _unread.Take(size)]);
            _unread.RemoveRange(0, Math.Min(size, _unread.Count));
            return new Got(status, headers, body);
        }

        if (!headers.ContainsKey("Transfer-Encoding")) return new Got(status, headers, "");
        var whole = new StringBuilder();
        while (true)
        {
            string line = await ReadLineAsync();
            int size = int.Parse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            while (_unread.Count < size + 2 && await MoreAsync()) continue;
            whole.Append(Encoding.UTF8.GetString([.. _unread.Take(size)]));
            _unread.RemoveRange(0, size + 2);
            if (size == 0) return new Got(status, headers, whole.ToString());
        }
    }

    /// <summary>Reads until the other side closes, or aborts.</summary>
    public async Task<string> ReadToEndAsync()
    {
        while (await MoreAsync()) continue;
        return Encoding.UTF8.GetString([.. _unread]);
    }

    /// <summary>Reads until a text has come.</summary>
    public async Task ReadToAsync(string text)
    {
        while (!Encoding.UTF8.GetString([.. _unread]).Contains(text, StringComparison.Ordinal))
        {
            if (!await MoreAsync()) throw new EndOfStreamException(Encoding.UTF8.GetString([.. _unread]));
        }
    }

    /// <summary>Reads one byte, and forgets it.</summary>
    public async Task<bool> ReadByteAsync()
    {
        if (_unread.Count == 0 && !await MoreAsync()) return false;
        _unread.RemoveAt(0);
        return true;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadLineAsync()
    {
        int end;
        while ((end = Encoding.Latin1.GetString([.. _unread]).IndexOf("\r\n", StringComparison.Ordinal)) < 0)
        {
            if (!await MoreAsync()) throw new EndOfStreamException();
        }

        string line = Encoding.Latin1.GetString([.. _unread.Take(end)]);
        _unread.RemoveRange(0, end + 2);
        return line;
    }

    private async Task<bool> MoreAsync()
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            int read = await _socket.ReceiveAsync(buffer).WaitAsync(Patience);
            _unread.AddRange(buffer.AsSpan(0, read));
            return read > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
