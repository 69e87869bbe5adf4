using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>
/// What stands for a provider, as cheap as it can be: a process of its own that answers from bytes made before. The path says in which dialect, the body whether as a
/// stream. A delta of a paced stream holds the time at which it was sent, which all processes of the machine share.
/// </summary>
internal static class Upstream
{
    public const string Argument = "--upstream";

    private static readonly byte[] OpenAIJson = Json($$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"gpt-6-luna","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Work.Answer}}}","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":180,"completion_tokens":44,"total_tokens":224},"system_fingerprint":"fp_1"}""");
    private static readonly byte[] AnthropicJson = Json($$$"""{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-5-5","content":[{"type":"text","text":"{{{Work.Answer}}}"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":180,"output_tokens":44}}""");

    private static readonly byte[] StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray();
    private static readonly byte[] OpenAIBurst = [.. StreamHead, .. Chunk(OpenAIStart() + string.Concat(Enumerable.Range(1, Work.BurstDeltas).Select(static n => OpenAIDelta($"word{n} "))) + OpenAIEnd()), .. "0\r\n\r\n"u8];
    private static readonly byte[] AnthropicBurst = [.. StreamHead, .. Chunk(AnthropicStart() + string.Concat(Enumerable.Range(1, Work.BurstDeltas).Select(static n => AnthropicDelta($"word{n} "))) + AnthropicEnd()), .. "0\r\n\r\n"u8];

    /// <summary>Is the upstream, until the parent ends.</summary>
    public static async Task RunAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        _ = AcceptAsync(listener);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nothing is said on it; it ends with the parent.
        }
    }

    private static async Task AcceptAsync(Socket listener)
    {
        while (true) _ = ServeAsync(await listener.AcceptAsync());
    }

    private static async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            byte[] buffer = new byte[64 * 1024];
            int filled = 0;
            try
            {
                while (true)
                {
                    int length = HttpFraming.LengthOf(buffer.AsSpan(0, filled));
                    if (length < 0)
                    {
                        int read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                        if (read == 0) return;
                        filled += read;
                        continue;
                    }

                    Plan plan = Plan.Of(buffer.AsSpan(0, length));
                    buffer.AsSpan(length, filled - length).CopyTo(buffer);
                    filled -= length;
                    if (plan.IsPaced) await PaceAsync(socket);
                    else await socket.SendAsync(plan.Answer);
                }
            }
            catch (SocketException)
            {
                // The other side has gone.
            }
        }
    }

    private static async Task PaceAsync(Socket socket)
    {
        await socket.SendAsync((byte[])[.. StreamHead, .. Chunk(OpenAIStart())]);
        using var timer = new PeriodicTimer(Work.Pace);
        for (int i = 0; i < Work.PacedDeltas; i++)
        {
            await timer.WaitForNextTickAsync();
            await socket.SendAsync(Chunk(OpenAIDelta(string.Create(CultureInfo.InvariantCulture, $"word at {Stopwatch.GetTimestamp()};"))));
        }

        await socket.SendAsync((byte[])[.. Chunk(OpenAIEnd()), .. "0\r\n\r\n"u8]);
    }

    private static byte[] Json(string body) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));

    private static byte[] Chunk(string text) => Encoding.ASCII.GetBytes($"{text.Length:x}\r\n{text}\r\n");

    private static string OpenAI(string delta, string reason) =>
        $$$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"gpt-6-luna","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{{{delta}}},"logprobs":null,"finish_reason":{{{reason}}}}]}""" + "\n\n";

    private static string OpenAIStart() => OpenAI("""{"role":"assistant","content":""}""", "null");

    private static string OpenAIDelta(string text) => OpenAI($$"""{"content":"{{text}}"}""", "null");

    private static string OpenAIEnd() => OpenAI("{}", "\"stop\"") + """data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"gpt-6-luna","system_fingerprint":"fp_1","choices":[],"usage":{"prompt_tokens":180,"completion_tokens":100,"total_tokens":280}}""" + "\n\ndata: [DONE]\n\n";

    private static string AnthropicStart() =>
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-5-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":180,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}


        """;

    private static string AnthropicDelta(string text) => $$$"""event: content_block_delta{{{"\n"}}}data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"}}""" + "\n\n";

    private static string AnthropicEnd() =>
        """
        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":100}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    private readonly record struct Plan(bool IsPaced, byte[] Answer)
    {
        public static Plan Of(ReadOnlySpan<byte> request)
        {
            bool isAnthropic = request[..request.IndexOf((byte)'\n')].IndexOf("/messages"u8) >= 0;
            if (request.IndexOf("\"stream\":true"u8) < 0) return new(false, isAnthropic ? AnthropicJson : OpenAIJson);
            if (request.IndexOf("slowly"u8) >= 0) return new(true, []);
            return new(false, isAnthropic ? AnthropicBurst : OpenAIBurst);
        }
    }
}
