using System.Text;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests;

/// <summary>Deltas that arrive together are read as one. Nobody sees that: neither in what goes through, nor in what is written anew, wherever the stream is divided.</summary>
public sealed class JoinedDeltaTests
{
    // What is in the way of likeness: escapes, other letters, nothing, quotation marks, a text that another member has, one that is JSON.
    private static readonly string[] Texts = ["Once", " upon", " a", " time", " \\\"there\\\"", " lived", " \\u00e9", " \u00e4\u00f6 \U0001F600", "", " gpt", "m", "c", " {}", " null", " and", " \\\\", " so", " on", " to", " the", " end", "."];

    private static readonly string Whole = string.Concat(Texts).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\u00e9", "\u00e9", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    private static readonly Dictionary<string, (string Path, string Group, string Stream)> Cases = new()
    {
        ["chat"] = ("/v1/chat/completions", "chat", Chat(static (text, _) => $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}""")),
        ["chat with spaces"] = ("/v1/chat/completions", "chat", Chat(static (text, _) => $$$"""{"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"content": "{{{text}}}"}, "finish_reason": null}]}""")),
        ["chat with padding"] = ("/v1/chat/completions", "chat", Chat(static (text, n) => $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"{{{text}}}"}}],"obfuscation":"{{{new string('x', 1 + (n % 7))}}}","created":{{{1000 + n}}}}""")),
        ["chat with other members"] = ("/v1/chat/completions", "chat", Chat(static (text, n) => $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"logprobs":{"content":[{"token":"{{{n}}}"}]}}]}""")),
        ["messages"] = ("/v1/messages", "claude", Wire.Named([
            """{"type":"message_start","message":{"id":"c","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
            .. new[] { "Let", " me", " think", " of", " it" }.Select(static text => $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"{{{text}}}"}}"""),
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SIG=="}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}""",
            .. Texts.Select(static text => $$$"""{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"{{{text}}}"}}"""),
            """{"type":"ping"}""",
            """{"type":"content_block_stop","index":1}""",
            """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}""",
            """{"type":"message_stop"}"""])),
        ["responses"] = ("/v1/responses", "responses", Wire.Named([
            """{"type":"response.created","response":{"id":"resp_1","status":"in_progress","output":[]}}""",
            .. Texts.Select(static (text, n) => $$$"""{"type":"response.output_text.delta","output_index":0,"content_index":0,"item_id":"m","sequence_number":{{{n + 7}}},"delta":"{{{text}}}","obfuscation":"{{{new string('y', 1 + (n % 5))}}}"}"""),
            $$$$"""{"type":"response.completed","response":{"id":"resp_1","object":"response","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"{{{{string.Concat(Texts)}}}}"}]}],"usage":{"input_tokens":1,"output_tokens":9,"total_tokens":10}}}"""])),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task They_go_through_byte_for_byte(string name)
    {
        (string path, string group, string stream) = Cases[name];
        foreach (Stream sent in Divided(stream))
        {
            await using World world = await World.StartAsync(new Upstream().ThenStream(sent));
            Got got = await world.PostAsync(path, Request(path, group));
            Assert.Equal((200, stream), (got.Status, got.Body));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task They_are_written_anew_with_all_their_text(string name)
    {
        (string path, string group, string stream) = Cases[name];
        (string other, Client client) = path is "/v1/messages" ? ("/v1/chat/completions", new ChatClient()) : ("/v1/messages", (Client)new MessagesClient());
        foreach (Stream sent in Divided(stream))
        {
            await using World world = await World.StartAsync(new Upstream().ThenStream(sent));
            Got got = await world.PostAsync(other, Request(other, group));
            Answered answer = client.Read(SentEvent.Parse(got.Body));
            Assert.Equal(Whole, answer.Text);
            if (name is "messages") Assert.Equal("Let me think of it", answer.Thoughts);
        }
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/messages")]
    public async Task What_came_before_a_failure_is_sent_before_it(string path)
    {
        string start = Chat(static (text, _) => $$$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"{{{text}}}"},"finish_reason":null}]}""");
        start = start[..start.IndexOf("data: {\"id\":\"c\",\"choices\":[]", StringComparison.Ordinal)];
        start = start[..start.LastIndexOf("data: ", StringComparison.Ordinal)]; // without the reason to stop
        foreach (string end in new[] { "data: {\"error\":{\"message\":\"It broke.\",\"type\":\"server_error\"}}\n\n", "data: {\"id\":\n\n", "" })
        {
            await using World world = await World.StartAsync(new Upstream().ThenStream(start + end));
            Got got = await world.PostAsync(path, Request(path, "chat"));
            foreach (string text in new[] { "Once", " upon", " lived", " end" }) Assert.Contains(text, got.Body, StringComparison.Ordinal);
            Assert.Contains("\"error\"", got.Body, StringComparison.Ordinal);
            Assert.True(got.Body.IndexOf("\"error\"", StringComparison.Ordinal) > got.Body.LastIndexOf(" null", StringComparison.Ordinal));
        }
    }

    // At once; in two pieces, divided at each 97th byte; and byte by byte.
    private static IEnumerable<Stream> Divided(string stream)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(stream);
        yield return ChunkedStream.InPiecesOf(bytes.Length, bytes);
        for (int at = 1; at < bytes.Length; at += 97) yield return new ChunkedStream([bytes[..at], bytes[at..]]);
        yield return ChunkedStream.InPiecesOf(1, bytes);
    }

    private static string Request(string path, string group) =>
        path is "/v1/responses" ? $$"""{"model":"{{group}}","input":"Hi","stream":true}""" : $$$"""{"model":"{{{group}}}","max_tokens":50,"messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}""";

    private static string Chat(Func<string, int, string> delta) => Wire.Unnamed([
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}""",
        .. Texts.Select(delta),
        """{"id":"c","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
        """{"id":"c","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":9,"total_tokens":10}}""",
        "[DONE]"]);
}
