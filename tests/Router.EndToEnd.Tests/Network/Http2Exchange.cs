using System.Text;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>The codes with which a stream or a connection ends (RFC 9113 §7).</summary>
public enum Http2Code : byte
{
    NO_ERROR = 0,
    PROTOCOL_ERROR = 1,
    INTERNAL_ERROR = 2,
    REFUSED_STREAM = 7,
    CANCEL = 8,
    ENHANCE_YOUR_CALM = 11,
    HTTP_1_1_REQUIRED = 13,
}

/// <summary>One request to a <see cref="Http2Server"/>, and what is done to it.</summary>
internal sealed class Http2Exchange(Http2Connection connection, int stream)
{
    private const string Whole = """{"id":"1","object":"chat.completion","model":"gpt-4o-mini","choices":[{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    public Http2Connection Connection => connection;

    public string Request { get; set; } = "";

    /// <summary>Counted from 1, in all connections of the server.</summary>
    public int Number { get; set; }

    /// <summary>Completes when the client resets the stream.</summary>
    public TaskCompletionSource<Http2Code> WasReset { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Streams => Request.Contains("\"stream\":true", StringComparison.Ordinal);

    /// <summary>Answers "hello".</summary>
    public async Task AnswerAsync()
    {
        await SendHeadAsync();
        await SendAsync(Streams ? EventOf("hello", "\"stop\"") + "data: [DONE]\n\n" : Whole, isLast: true);
    }

    /// <summary>Sends the head of an answer with the status 200: index 8 of HPACK's table, and its name 31 with a value as it stands.</summary>
    public Task SendHeadAsync()
    {
        string contentType = Streams ? "text/event-stream" : "application/json";
        return connection.SendAsync(new Http2Frame(FrameKind.Headers, Http2Frame.EndHeaders, stream, [0x88, 0x0f, 0x10, (byte)contentType.Length, .. Encoding.ASCII.GetBytes(contentType)]));
    }

    public Task SendAsync(string text, bool isLast = false) =>
        connection.SendAsync(new Http2Frame(FrameKind.Data, isLast ? Http2Frame.EndStream : (byte)0, stream, Encoding.UTF8.GetBytes(text)));

    /// <summary>Sends the head and the beginning of an answer: a word of a stream, half of a whole one.</summary>
    public async Task BeginAsync()
    {
        await SendHeadAsync();
        await SendAsync(Streams ? EventOf("one ") : Whole[..80]);
    }

    public Task ResetAsync(Http2Code code) => connection.SendAsync(new Http2Frame(FrameKind.Reset, 0, stream, Http2Frame.Numbers((byte)code)));

    /// <summary>Says that the connection takes no more requests.</summary>
    /// <param name="code">Why.</param>
    /// <param name="includesThis">Whether this request is among those that the server says it may have looked at.</param>
    public Task GoAwayAsync(Http2Code code, bool includesThis) =>
        connection.SendAsync(new Http2Frame(FrameKind.GoAway, 0, 0, Http2Frame.Numbers((uint)Math.Max(0, includesThis ? stream : stream - 2), (byte)code)));

    private static string EventOf(string text, string finish = "null") =>
        $$"""data: {"id":"1","model":"gpt-4o-mini","choices":[{"index":0,"delta":{"role":"assistant","content":"{{text}}"},"finish_reason":{{finish}}}]}""" + "\n\n";
}
