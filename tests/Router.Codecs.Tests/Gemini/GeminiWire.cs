using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>What the tests of this dialect share: a request as text, a reply and a stream from text.</summary>
internal static class GeminiWire
{
    /// <summary>A model of the third generation, as the catalog has them.</summary>
    public static readonly Takes Everything = new Takes(
        ModelCapabilities.JsonSchema | ModelCapabilities.Tools | ModelCapabilities.Vision | ModelCapabilities.Audio | ModelCapabilities.Documents | ModelCapabilities.WebSearch | ModelCapabilities.CodeInterpreter,
        ModelParameters.Sampling | ModelParameters.TopK | ModelParameters.Penalties | ModelParameters.Stop | ModelParameters.Seed | ModelParameters.Reasoning | ModelParameters.RequiredToolChoice)
        | (GeminiQuirks.ThinkingLevel | GeminiQuirks.MediaInResults | GeminiQuirks.CombinesTools | GeminiQuirks.Video);

    /// <summary>One of the second.</summary>
    public static readonly Takes Budget = Everything.Without(GeminiQuirks.ThinkingLevel | GeminiQuirks.MediaInResults | GeminiQuirks.CombinesTools) | GeminiQuirks.ThinkingBudget;

    /// <summary>What answers are read against.</summary>
    public static readonly ModelProfile Model = Everything.Of("gemini", "m");

    /// <summary>How streams are divided into events.</summary>
    public static StreamFraming Framing => new GeminiChatCodec<Constants>().Framing;

    public static readonly ChatRequest Asked = new([new ChatMessage(ChatRole.User, "Hello")], null, isStreaming: false);

    public static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    /// <summary>The request's body.</summary>
    public static string Body(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null, int defaultMaxTokens = 0)
    {
        AttemptFailure? failure = Write(messages, options, takes, defaultMaxTokens, out string body, out _);
        Assert.Null(failure);
        return body;
    }

    /// <summary>The turns of a request.</summary>
    public static string Contents(params ChatMessage[] messages) => ContentsFor(null, messages);

    /// <summary>The turns of a request to a model that takes this.</summary>
    public static string ContentsFor(Takes? takes, params ChatMessage[] messages) => Member(Body(messages, null, takes), "contents");

    /// <summary>The members beside the turns, for a conversation of <see cref="Hello"/> alone.</summary>
    public static string Options(ChatOptions options, Takes? takes = null)
    {
        const string start = """{"contents":[{"role":"user","parts":[{"text":"Hello"}]}]""";
        string body = Body([Hello], options, takes);
        Assert.StartsWith(start, body);
        return "{" + body[start.Length..].TrimStart(',');
    }

    /// <summary>What was left out of a request with these options.</summary>
    public static string[] Notes(ChatOptions options, Takes? takes = null)
    {
        Assert.Null(Write([Hello], options, takes, 0, out _, out RequestWriter writer));
        return [.. writer.Notes ?? []];
    }

    public static string Refused(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null)
    {
        AttemptFailure? failure = Write(messages, options, takes, 0, out _, out _);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!.Message;
    }

    public static RoutedResponse Reply(string body, ChatRequest? request = null)
    {
        AttemptFailure? failure = GeminiReply.Read(request ?? Asked, Model, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(failure);
        return reply!;
    }

    public static AttemptFailure Failed(string body, out RoutedResponse? reply)
    {
        AttemptFailure? failure = GeminiReply.Read(Asked, Model, Encoding.UTF8.GetBytes(body), out reply);
        Assert.NotNull(failure);
        return failure;
    }

    /// <summary>An answer of these parts.</summary>
    public static string Answer(string parts, string rest = "", string reason = "STOP") =>
        $$"""{"candidates":[{"content":{"role":"model","parts":[{{parts}}]},"finishReason":"{{reason}}","index":0{{rest}}}]}""";

    /// <summary>A chunk of these parts.</summary>
    public static string Chunk(string parts) => $$"""{"candidates":[{"content":{"role":"model","parts":[{{parts}}]},"index":0}]}""";

    /// <summary>Reads each text as the data of one event, then the end of the connection, and expects an answer.</summary>
    public static List<ChatResponseUpdate> Stream(params string[] events)
    {
        var decoder = new GeminiStream(Asked, Model);
        var updates = new List<ChatResponseUpdate>();
        foreach (string data in events)
        {
            StreamSignal signal = decoder.Read(default, Encoding.UTF8.GetBytes(data), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure);
            Assert.Equal(signal is StreamSignal.Update, update is not null);
            if (update is not null) updates.Add(update);
        }

        Assert.True(decoder.IsFinished);
        Assert.Equal(StreamSignal.Completed, decoder.End(out ChatResponseUpdate? last, out _));
        updates.Add(last!);
        return updates;
    }

    /// <summary>Reads events up to the one that fails, which must be the last.</summary>
    public static AttemptFailure Broken(params string[] events)
    {
        var decoder = new GeminiStream(Asked, Model);
        for (int i = 0; i < events.Length; i++)
        {
            if (decoder.Read(default, Encoding.UTF8.GetBytes(events[i]), out _, out AttemptFailure? failure) is not StreamSignal.Failed) continue;
            Assert.Equal(events.Length - 1, i);
            Assert.False(decoder.IsFinished);
            return failure!;
        }

        Assert.Fail("The stream did not fail.");
        return null!;
    }

    public static string Member(string body, string name)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty(name).GetRawText();
    }

    private static AttemptFailure? Write(ChatMessage[] messages, ChatOptions? options, Takes? takes, int defaultMaxTokens, out string body, out RequestWriter writer)
    {
        writer = new RequestWriter();
        var request = new ChatRequest(messages, options, isStreaming: false);
        ModelProfile model = (takes ?? Everything).Of("gemini", "m", defaultMaxTokens);
        AttemptFailure? failure = GeminiRequest.Write(request, writer, "{"u8, model);
        body = Encoding.UTF8.GetString(writer.WrittenMemory.Span);
        if (failure is null) PublishedRequests.Check("gemini", writer, request, model);
        return failure;
    }

    private readonly struct Constants : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{"u8;

        public ModelProfile Profile => Model;
    }
}
