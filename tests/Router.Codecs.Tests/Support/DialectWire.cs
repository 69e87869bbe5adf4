using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Support;

/// <summary>A dialect for its tests: a request as text, a reply and a stream from text.</summary>
/// <param name="provider">Its name, and that of a provider that speaks it.</param>
/// <param name="everything">A model that takes all that the dialect has.</param>
internal sealed class DialectWire(string provider, Takes everything)
{
    private static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    /// <summary>The codec that answers are read with.</summary>
    public ChatCodec Codec { get; } = new DialectCodec(provider, everything.Of(provider, "m"));

    /// <summary>What answers are answers to.</summary>
    public ChatRequest Asked { get; } = new([Hello], null, isStreaming: false);

    /// <summary>The request's body without the members that it always begins with.</summary>
    public string Body(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null, bool stream = false, int defaultMaxTokens = 0)
    {
        Assert.Null(Write(messages, options, takes, stream, defaultMaxTokens, out RequestWriter writer));
        string body = Encoding.UTF8.GetString(writer.WrittenMemory.Span);
        string start = $$"""{"model":"m","stream":{{(stream ? "true" : "false")}},""";
        Assert.StartsWith(start, body);
        return "{" + body[start.Length..];
    }

    /// <summary>The members beside the messages, for a conversation of one word.</summary>
    public string Options(ChatOptions options, Takes? takes = null)
    {
        const string messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
        string body = Body([Hello], options, takes);
        Assert.Contains(messages, body);
        return body.Replace(messages + ",", "").Replace("," + messages, "").Replace(messages, "");
    }

    /// <summary>The messages of a request.</summary>
    public string Messages(params ChatMessage[] messages)
    {
        using JsonDocument body = JsonDocument.Parse(Body(messages));
        return body.RootElement.GetProperty("messages").GetRawText();
    }

    /// <summary>What is noted of a request that is written.</summary>
    public List<string>? Notes(ChatOptions options, Takes? takes = null)
    {
        Assert.Null(Write([Hello], options, takes, false, 0, out RequestWriter writer));
        return writer.Notes;
    }

    /// <summary>Why a request is refused.</summary>
    public string Refused(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null)
    {
        AttemptFailure? failure = Write(messages, options, takes, false, 0, out _);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!.Message;
    }

    /// <summary>The answer that a body is.</summary>
    public RoutedResponse Reply(string body, ChatRequest? request = null)
    {
        Assert.Null(Codec.ReadReply(request ?? Asked, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply));
        return reply!;
    }

    /// <summary>Why a body is no answer.</summary>
    public AttemptFailure NoReply(string body)
    {
        AttemptFailure? failure = Codec.ReadReply(Asked, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(reply);
        return failure!;
    }

    /// <summary>Reads the data of events, and expects a clean end at the last.</summary>
    public List<ChatResponseUpdate> Stream(params string[] events)
    {
        ChatStreamDecoder decoder = Codec.StartStream(Asked);
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
    public AttemptFailure Broken(params string[] events)
    {
        ChatStreamDecoder decoder = Codec.StartStream(Asked);
        for (int i = 0; i < events.Length; i++)
        {
            if (decoder.Read(default, Encoding.UTF8.GetBytes(events[i]), out _, out AttemptFailure? failure) is not StreamSignal.Failed) continue;
            Assert.Equal(events.Length - 1, i);
            return failure!;
        }

        Assert.Fail("The stream did not fail.");
        return null!;
    }

    private AttemptFailure? Write(ChatMessage[] messages, ChatOptions? options, Takes? takes, bool stream, int defaultMaxTokens, out RequestWriter writer)
    {
        writer = new RequestWriter();
        var request = new ChatRequest(messages, options, stream);
        ModelProfile model = (takes ?? everything).Of(provider, "m", defaultMaxTokens);
        AttemptFailure? failure = new DialectCodec(provider, model).WriteRequest(request, writer);
        if (failure is null) PublishedRequests.Check(provider, writer, request, model);
        return failure;
    }
}
