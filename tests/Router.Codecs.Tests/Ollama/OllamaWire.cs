using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OllamaChat;

/// <summary>What the tests of this dialect share: a request as text, a reply and a stream from text.</summary>
internal static class OllamaWire
{
    public static readonly Takes Everything = new(
        ModelCapabilities.JsonSchema | ModelCapabilities.Tools | ModelCapabilities.Vision,
        ModelParameters.Sampling | ModelParameters.TopK | ModelParameters.Penalties | ModelParameters.Stop | ModelParameters.Seed | ModelParameters.Reasoning);

    /// <summary>What answers are read against.</summary>
    public static readonly ModelProfile Llama = Everything.Of("ollama", "m");

    public static readonly ChatRequest Asked = new([new ChatMessage(ChatRole.User, "Hello")], null, isStreaming: false);

    public static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    /// <summary>https://docs.ollama.com/api/chat; the options of https://docs.ollama.com/modelfile. The server passes an option over that it does not know.</summary>
    public static readonly KnownMembers Members = new(new()
    {
        [""] = "model messages stream tools format options think keep_alive truncate shift logprobs top_logprobs",
        ["messages[]"] = "role content thinking images tool_calls tool_name tool_call_id",
        ["messages[].tool_calls[]"] = "id function",
        ["messages[].tool_calls[].function"] = "name arguments",
        ["tools[]"] = "type function",
        ["tools[].function"] = "name description parameters",
        ["options"] = "num_keep seed num_predict top_k top_p min_p typical_p repeat_last_n temperature repeat_penalty presence_penalty frequency_penalty mirostat mirostat_tau mirostat_eta penalize_newline stop numa num_ctx num_batch num_gpu main_gpu use_mmap num_thread",
    });

    /// <summary>The request's body without the members that it always begins with.</summary>
    public static string Body(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null, bool stream = false, int defaultMaxTokens = 0)
    {
        AttemptFailure? failure = Write(messages, options, takes, stream, defaultMaxTokens, out RequestWriter writer);
        Assert.Null(failure);
        string body = Encoding.UTF8.GetString(writer.WrittenMemory.Span);
        using JsonDocument valid = JsonDocument.Parse(body);
        Members.Check(valid.RootElement);
        string start = $$"""{"model":"m","stream":{{(stream ? "true" : "false")}},""";
        Assert.StartsWith(start, body);
        return "{" + body[start.Length..];
    }

    /// <summary>The members behind the messages, for a conversation of <see cref="Hello"/> alone.</summary>
    public static string Options(ChatOptions options, Takes? takes = null)
    {
        const string start = """{"messages":[{"role":"user","content":"Hello"}]""";
        string body = Body([Hello], options, takes);
        Assert.StartsWith(start, body);
        return "{" + body[start.Length..].TrimStart(',');
    }

    /// <summary>The messages of a request.</summary>
    public static string Messages(params ChatMessage[] messages)
    {
        using JsonDocument body = JsonDocument.Parse(Body(messages));
        return body.RootElement.GetProperty("messages").GetRawText();
    }

    /// <summary>What is noted of a request that is written.</summary>
    public static List<string>? Notes(ChatOptions options, Takes? takes = null)
    {
        Assert.Null(Write([Hello], options, takes, false, 0, out RequestWriter writer));
        return writer.Notes;
    }

    public static string Refused(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null)
    {
        AttemptFailure? failure = Write(messages, options, takes, false, 0, out _);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!.Message;
    }

    public static RoutedResponse Reply(string body, ChatRequest? request = null)
    {
        Assert.Null(OllamaReply.Read(request ?? Asked, Llama, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply));
        return reply!;
    }

    public static AttemptFailure NoReply(string body)
    {
        AttemptFailure? failure = OllamaReply.Read(Asked, Llama, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(reply);
        return failure!;
    }

    /// <summary>Reads lines, and expects a clean end at the last.</summary>
    public static List<ChatResponseUpdate> Stream(params string[] lines)
    {
        var decoder = new OllamaStream(Asked, Llama);
        var updates = new List<ChatResponseUpdate>();
        for (int i = 0; i < lines.Length; i++)
        {
            StreamSignal signal = decoder.Read(default, Encoding.UTF8.GetBytes(lines[i]), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure);
            Assert.Equal(i == lines.Length - 1, signal is StreamSignal.Completed);
            Assert.Equal(signal is not StreamSignal.Continue, update is not null);
            if (update is not null) updates.Add(update);
        }

        return updates;
    }

    /// <summary>Reads lines up to the one that fails, which must be the last.</summary>
    public static AttemptFailure Broken(params string[] lines)
    {
        var decoder = new OllamaStream(Asked, Llama);
        for (int i = 0; i < lines.Length; i++)
        {
            if (decoder.Read(default, Encoding.UTF8.GetBytes(lines[i]), out _, out AttemptFailure? failure) is not StreamSignal.Failed) continue;
            Assert.Equal(lines.Length - 1, i);
            return failure!;
        }

        Assert.Fail("The stream did not fail.");
        return null!;
    }

    private static AttemptFailure? Write(ChatMessage[] messages, ChatOptions? options, Takes? takes, bool stream, int defaultMaxTokens, out RequestWriter writer)
    {
        writer = new RequestWriter();
        return OllamaRequest.Write(new ChatRequest(messages, options, stream), writer, "{\"model\":\"m\""u8, (takes ?? Everything).Of("ollama", "m", defaultMaxTokens));
    }
}
