using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>What the tests of this dialect share: a request as text, a reply and a stream from text.</summary>
internal static class ConverseWire
{
    public static readonly Takes Everything = new(
        ModelCapabilities.JsonSchema | ModelCapabilities.Tools | ModelCapabilities.Vision | ModelCapabilities.Documents | ModelCapabilities.Audio,
        ModelParameters.Sampling | ModelParameters.TopK | ModelParameters.Stop | ModelParameters.RequiredToolChoice,
        (int)(ConverseQuirks.CachePoints | ConverseQuirks.ToolCachePoints | ConverseQuirks.RichResults | ConverseQuirks.Video));

    public static readonly Takes Adaptive = Everything | ModelParameters.Reasoning | (ConverseQuirks.AdaptiveThinking | ConverseQuirks.Effort);
    public static readonly Takes Budget = Everything | ModelParameters.Reasoning | ConverseQuirks.ThinkingBudget;

    /// <summary>What answers are read against.</summary>
    public static readonly ModelProfile Claude = Everything.Of("bedrock", "m");

    public static readonly ChatRequest Asked = new([new ChatMessage(ChatRole.User, "Hello")], null, isStreaming: false);

    public static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    /// <summary>The request's body, which the API would take.</summary>
    public static string Body(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null) => Body(messages, options, takes, out _);

    /// <inheritdoc cref="Body(ChatMessage[], ChatOptions?, Takes?)"/>
    public static string Body(ChatMessage[] messages, ChatOptions? options, Takes? takes, out List<string>? notes, int defaultMaxTokens = 0)
    {
        AttemptFailure? failure = Write(messages, options, takes, defaultMaxTokens, out RequestWriter writer);
        Assert.Null(failure);
        using JsonDocument body = JsonDocument.Parse(writer.WrittenMemory);
        ConverseShape.Check(body.RootElement);
        notes = writer.Notes;
        return Encoding.UTF8.GetString(writer.WrittenMemory.Span);
    }

    /// <summary>The messages alone.</summary>
    public static string Messages(params ChatMessage[] messages) => MessagesFor(null, messages);

    /// <summary>The messages alone, for a model that takes this.</summary>
    public static string MessagesFor(Takes? takes, params ChatMessage[] messages) => JsonDocument.Parse(Body(messages, null, takes)).RootElement.GetProperty("messages").GetRawText();

    /// <summary>The members beside the messages, for a conversation of <see cref="Hello"/> alone.</summary>
    public static string Options(ChatOptions options, Takes? takes = null) => Options(options, takes, out _);

    /// <inheritdoc cref="Options(ChatOptions, Takes?)"/>
    public static string Options(ChatOptions options, Takes? takes, out List<string>? notes, int defaultMaxTokens = 0)
    {
        const string start = """{"messages":[{"role":"user","content":[{"text":"Hello"}]}]""";
        string body = Body([Hello], options, takes, out notes, defaultMaxTokens);
        Assert.StartsWith(start, body);
        return "{" + body[start.Length..].TrimStart(',');
    }

    public static AttemptFailure Refused(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null)
    {
        AttemptFailure? failure = Write(messages, options, takes, 0, out _);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!;
    }

    public static RoutedResponse Reply(string body)
    {
        Assert.Null(ConverseReply.Read(Asked, Claude, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply));
        return reply!;
    }

    /// <summary>Reads events of the form <c>type payload</c>, and expects a clean end at the last.</summary>
    public static List<ChatResponseUpdate> Stream(params string[] events)
    {
        var decoder = new ConverseStream(Asked, Claude);
        var updates = new List<ChatResponseUpdate>();
        for (int i = 0; i < events.Length; i++)
        {
            StreamSignal signal = Read(decoder, events[i], out ChatResponseUpdate? update, out AttemptFailure? failure);
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
        var decoder = new ConverseStream(Asked, Claude);
        for (int i = 0; i < events.Length; i++)
        {
            if (Read(decoder, events[i], out _, out AttemptFailure? failure) is not StreamSignal.Failed) continue;
            Assert.Equal(events.Length - 1, i);
            return failure!;
        }

        Assert.Fail("The stream did not fail.");
        return null!;
    }

    public static StreamSignal Read(ChatStreamDecoder decoder, string oneEvent, out ChatResponseUpdate? update, out AttemptFailure? failure)
    {
        int space = oneEvent.IndexOf(' ', StringComparison.Ordinal);
        return decoder.Read(Encoding.UTF8.GetBytes(oneEvent[..space]), Encoding.UTF8.GetBytes(oneEvent[(space + 1)..]), out update, out failure);
    }

    private static AttemptFailure? Write(ChatMessage[] messages, ChatOptions? options, Takes? takes, int defaultMaxTokens, out RequestWriter writer)
    {
        writer = new RequestWriter();
        var request = new ChatRequest(messages, options, isStreaming: false);
        ModelProfile model = (takes ?? Everything).Of("bedrock", "m", defaultMaxTokens);
        AttemptFailure? failure = ConverseRequest.Write(request, writer, "{"u8, model);
        if (failure is null) PublishedRequests.Check("bedrock", writer, request, model);
        return failure;
    }
}
