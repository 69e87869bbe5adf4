using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.Google.Tests.Support;

/// <summary>A stand-in on loopback for what issues tokens: it answers each request as the test says, and remembers what was asked.</summary>
internal sealed class TokenServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<TokenRequest> _asked = new();

    public TokenServer(Func<TokenRequest, string?> answer)
    {
        _listener.Start();
        _ = AcceptAsync(answer);
    }

    /// <summary>Host and port.</summary>
    public string Authority => _listener.LocalEndpoint.ToString()!;

    /// <summary>The requests, in their order.</summary>
    public TokenRequest[] Asked => [.. _asked];

    public string At(string path) => $"http://{Authority}{path}";

    /// <summary>A whole answer with a JSON body.</summary>
    public static string Ok(string body) => Reply(200, body);

    /// <summary>An answer with a token of an hour.</summary>
    public static string Token(string token) => Ok($$"""{"access_token":"{{token}}","expires_in":3599,"token_type":"Bearer"}""");

    public static string Reply(int status, string body, string headers = "") =>
        $"HTTP/1.1 {status} Any\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync(Func<TokenRequest, string?> answer)
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(), answer);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, Func<TokenRequest, string?> answer)
    {
        NetworkStream stream = client.GetStream();
        TokenRequest request = await TokenRequest.ReadAsync(stream);
        _asked.Enqueue(request);
        if (answer(request) is not { } text) return; // It hangs, with the connection open.
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        client.Dispose();
    }
}

/// <summary>A request as it came.</summary>
internal sealed record TokenRequest(string Line, Dictionary<string, string> Headers, string Body)
{
    /// <summary>The members of a form.</summary>
    public Dictionary<string, string> Form =>
        Body.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]));

    public static async Task<TokenRequest> ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        int read = 0, end;
        while ((end = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8)) < 0) read += await ReadAsync(stream, buffer, read);
        string[] lines = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n");
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        int length = headers.TryGetValue("Content-Length", out string? text) ? int.Parse(text) : 0;
        while (read < end + 4 + length) read += await ReadAsync(stream, buffer, read);
        return new(lines[0], headers, Encoding.UTF8.GetString(buffer, end + 4, length));
    }

    private static async Task<int> ReadAsync(NetworkStream stream, byte[] buffer, int start) =>
        await stream.ReadAsync(buffer.AsMemory(start)) is > 0 and int more ? more : throw new IOException("The connection was closed.");
}
