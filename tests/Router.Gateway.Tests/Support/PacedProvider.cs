using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A provider on a socket whose streams go on when a test says so.</summary>
internal sealed class PacedProvider : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PacedProvider() => _listener.Start();

    /// <summary>Gets a file of groups in which it has all deployments.</summary>
    public string Models => $$"""
        { "providers": { "local": { "dialect": "openAIChat", "endpoint": "http://127.0.0.1:{{((IPEndPoint)_listener.LocalEndpoint).Port}}/v1" } },
          "groups": { "chat": { "timeoutSeconds": 120, "deployments": ["local/paced"] } } }
        """;

    /// <summary>Takes a request, and begins its stream.</summary>
    public async Task<PacedStream> AcceptAsync()
    {
        Socket socket = await _listener.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(30));
        var stream = new PacedStream(socket);
        await stream.BeginAsync();
        return stream;
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>A stream that is under way.</summary>
    internal sealed class PacedStream(Socket socket) : IDisposable
    {
        /// <summary>Sends a piece of text.</summary>
        public Task SayAsync(string text) => SendAsync($$$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}""");

        /// <summary>Ends the stream in good order.</summary>
        public async Task EndAsync()
        {
            await SendAsync("""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""");
            await SendAsync("[DONE]");
            await WriteAsync("0\r\n\r\n");
        }

        public void Dispose() => socket.Dispose();

        internal async Task BeginAsync()
        {
            byte[] buffer = new byte[16 * 1024];
            var request = new StringBuilder();
            while (!request.ToString().TrimEnd().EndsWith('}')) request.Append(Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
            await WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        private Task SendAsync(string data)
        {
            string text = Wire.Unnamed(data);
            return WriteAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");
        }

        private async Task WriteAsync(string text) => await socket.SendAsync(Encoding.UTF8.GetBytes(text));
    }
}
