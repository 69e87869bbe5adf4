using System.Net.Sockets;
using System.Text;

namespace RouterGen.FakeProviders.Tests;

/// <summary>Everything that came over the socket, byte for byte, and how it ended.</summary>
public sealed record RawAnswer(string Head, string Body, bool WasReset)
{
    public int StatusCode => int.Parse(Head.Split(' ')[1]);
}

/// <summary>A client that hides nothing: one request on a socket of its own, read to the connection's end. Latin-1 keeps bytes as they are.</summary>
public static class RawClient
{
    public const string OpenAIPath = "openai/v1/chat/completions";
    public const string AnthropicPath = "anthropic/v1/messages";
    public const string OpenAIModel = "openai/gpt-4o-mini";
    public const string AnthropicModel = "anthropic/claude-haiku-4-5";

    private static readonly string[] OpenAIHeaders = ["Authorization: Bearer sk-test"];
    private static readonly string[] AnthropicHeaders = ["x-api-key: sk-test", "anthropic-version: 2023-06-01"];

    public static string OpenAIBody(bool stream = false, string text = "Hi there", string extra = "") =>
        $$$"""{"model":"gpt-4o-mini","stream":{{{(stream ? "true" : "false")}}},"messages":[{"role":"user","content":"{{{text}}}"}]{{{extra}}}}""";

    public static string AnthropicBody(bool stream = false, string text = "Hi there", string extra = "") =>
        $$$"""{"model":"claude-haiku-4-5","max_tokens":100,"stream":{{{(stream ? "true" : "false")}}},"messages":[{"role":"user","content":"{{{text}}}"}]{{{extra}}}}""";

    public static Task<RawAnswer> OpenAIAsync(FakeProviderServer fakes, bool stream = false) =>
        PostAsync(fakes, OpenAIPath, OpenAIBody(stream), OpenAIHeaders);

    public static Task<RawAnswer> AnthropicAsync(FakeProviderServer fakes, bool stream = false) =>
        PostAsync(fakes, AnthropicPath, AnthropicBody(stream), AnthropicHeaders);

    public static Task<RawAnswer> OpenAIAsync(FakeProviderServer fakes, string body) => PostAsync(fakes, OpenAIPath, body, OpenAIHeaders);

    public static Task<RawAnswer> AnthropicAsync(FakeProviderServer fakes, string body) => PostAsync(fakes, AnthropicPath, body, AnthropicHeaders);

    public static async Task<RawAnswer> PostAsync(FakeProviderServer fakes, string path, string body, params string[] headers)
    {
        using TcpClient client = await SendAsync(fakes, path, body, headers);
        return await ReadToEndAsync(client);
    }

    public static async Task<TcpClient> SendAsync(FakeProviderServer fakes, string path, string body, params string[] headers)
    {
        if (headers.Length == 0) headers = path == OpenAIPath ? OpenAIHeaders : AnthropicHeaders;
        var client = new TcpClient();
        await client.ConnectAsync(fakes.BaseAddress.Host, fakes.BaseAddress.Port);
        string head = $"POST /{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
            + string.Concat(headers.Select(header => header + "\r\n")) + "\r\n";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + body));
        return client;
    }

    public static async Task<RawAnswer> ReadToEndAsync(TcpClient client)
    {
        var bytes = new MemoryStream();
        bool reset = false;
        try
        {
            await client.GetStream().CopyToAsync(bytes);
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            reset = true;
        }

        string[] parts = Encoding.Latin1.GetString(bytes.ToArray()).Split("\r\n\r\n", 2);
        string body = parts.Length < 2 ? "" : parts[1];
        return new RawAnswer(parts[0], parts[0].Contains("Transfer-Encoding: chunked") ? Dechunked(body) : body, reset);
    }

    /// <summary>Reads until the text has come.</summary>
    public static async Task<string> ReadUntilAsync(TcpClient client, string text)
    {
        string read = "";
        byte[] buffer = new byte[4096];
        while (!read.Contains(text, StringComparison.Ordinal))
        {
            int count = await client.GetStream().ReadAsync(buffer);
            Assert.NotEqual(0, count);
            read += Encoding.Latin1.GetString(buffer, 0, count);
        }

        return read;
    }

    /// <summary>The chunks' contents; where the connection broke, those that came. The last chunk's mark is kept as a word.</summary>
    private static string Dechunked(string body)
    {
        var text = new StringBuilder();
        while (body.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var line)
        {
            int size = Convert.ToInt32(body[..line], 16);
            if (size == 0) return text.Append("(end)").ToString();
            text.Append(body, line + 2, size);
            body = body[(line + 2 + size + 2)..];
        }

        return text.ToString();
    }
}
