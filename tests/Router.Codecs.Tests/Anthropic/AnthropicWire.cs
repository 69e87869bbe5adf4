using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

/// <summary>What the tests of this dialect share: a request as text, a reply and a stream from text.</summary>
internal static class AnthropicWire
{
    public static readonly Takes AllButThinking = new(
        ModelCapabilities.JsonSchema | ModelCapabilities.Tools | ModelCapabilities.Vision | ModelCapabilities.Documents,
        ModelParameters.Sampling | ModelParameters.TopK | ModelParameters.Stop | ModelParameters.ParallelToolCalls | ModelParameters.RequiredToolChoice);

    public static readonly Takes Adaptive = AllButThinking | ModelParameters.Reasoning | (AnthropicQuirks.AdaptiveThinking | AnthropicQuirks.Effort);
    public static readonly Takes Budget = AllButThinking | ModelParameters.Reasoning | AnthropicQuirks.ThinkingBudget;

    /// <summary>What answers are read against.</summary>
    public static readonly ModelProfile Claude = AllButThinking.Of("anthropic", "m");

    public static readonly ChatRequest Asked = new([new ChatMessage(ChatRole.User, "Hello")], null, isStreaming: false);

    public static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    /// <summary>Thoughts as the model sent them.</summary>
    public static TextReasoningContent Thoughts(string text, string signature) => CodecThoughts.Whole(Claude, text, signature);

    /// <summary>Redacted thoughts as the model sent them.</summary>
    public static TextReasoningContent Redacted(string data) => CodecThoughts.Hidden(Claude, data);

    /// <summary>What a block of thoughts holds beside its text, once its stamp is taken off.</summary>
    public static string? Signature(AIContent content)
    {
        string? stamp = ((TextReasoningContent)content).ProtectedData;
        if (CodecState.TryRead(stamp, Claude, "redacted_thinking", out ReadOnlySpan<char> data)) return data.ToString();
        return CodecState.TryReadOf(stamp, Claude, "thinking", ((TextReasoningContent)content).Text, out data) ? data.ToString() : null;
    }

    /// <summary>The request's body without the members that it always begins with, <c>"model":"m","max_tokens":4096</c>.</summary>
    public static string Members(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null)
    {
        const string start = """{"model":"m","max_tokens":4096,""";
        string body = Body(messages, options, takes);
        Assert.StartsWith(start, body);

        // Without options a conversation with calls has the tools that it called declared behind it, which has tests of its own.
        int tools = options is null ? body.LastIndexOf(""","tools":[{""", StringComparison.Ordinal) : -1;
        return "{" + (tools < 0 ? body[start.Length..] : body[start.Length..tools] + "}");
    }

    /// <summary>The members that follow the messages, for a conversation of <see cref="Hello"/> alone.</summary>
    public static string Options(ChatOptions options, Takes? takes = null)
    {
        const string start = """{"messages":[{"role":"user","content":"Hello"}]""";
        string members = Members([Hello], options, takes);
        Assert.StartsWith(start, members);
        return "{" + members[start.Length..].TrimStart(',');
    }

    public static string Body(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null, int defaultMaxTokens = 0, bool stream = false)
    {
        AttemptFailure? failure = Write(messages, options, takes, defaultMaxTokens, stream, out string body);
        Assert.Null(failure);
        using JsonDocument valid = JsonDocument.Parse(body);
        Assert.Equal(stream, valid.RootElement.GetProperty("stream").GetBoolean());
        return stream ? body : body.Replace(",\"stream\":false", ""); // as all have it
    }

    public static AttemptFailure Refused(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null)
    {
        AttemptFailure? failure = Write(messages, options, takes, 0, false, out _);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!;
    }

    public static RoutedResponse Reply(string body)
    {
        AttemptFailure? failure = AnthropicReply.Read(Asked, Claude, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(failure);
        return reply!;
    }

    /// <summary>Reads each line as the data of one event, and expects a clean end at the last.</summary>
    public static List<ChatResponseUpdate> Stream(params string[] events)
    {
        var decoder = new AnthropicStream(Asked, Claude);
        var updates = new List<ChatResponseUpdate>();
        for (int i = 0; i < events.Length; i++)
        {
            StreamSignal signal = decoder.Read(default, Encoding.UTF8.GetBytes(events[i]), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure);
            Assert.Equal(i == events.Length - 1, signal is StreamSignal.Completed);
            Assert.Equal(signal is not (StreamSignal.Continue or StreamSignal.Progress), update is not null);
            if (update is not null) updates.Add(update);
        }

        return updates;
    }

    /// <summary>Reads events up to the one that fails, which must be the last.</summary>
    public static AttemptFailure Broken(params string[] events)
    {
        var decoder = new AnthropicStream(Asked, Claude);
        for (int i = 0; i < events.Length; i++)
        {
            StreamSignal signal = decoder.Read(default, Encoding.UTF8.GetBytes(events[i]), out _, out AttemptFailure? failure);
            if (signal is not StreamSignal.Failed) continue;
            Assert.Equal(events.Length - 1, i);
            return failure!;
        }

        Assert.Fail("The stream did not fail.");
        return null!;
    }

    private static AttemptFailure? Write(ChatMessage[] messages, ChatOptions? options, Takes? takes, int defaultMaxTokens, bool stream, out string body)
    {
        var writer = new RequestWriter();
        var request = new ChatRequest(messages, options, stream);
        ModelProfile model = (takes ?? AllButThinking).Of("anthropic", "m", defaultMaxTokens);
        AttemptFailure? failure = AnthropicRequest.Write(request, writer, "{\"model\":\"m\""u8, model);
        body = Encoding.UTF8.GetString(writer.WrittenMemory.Span);
        if (failure is null) PublishedRequests.Check("anthropic", writer, request, model);
        return failure;
    }
}
