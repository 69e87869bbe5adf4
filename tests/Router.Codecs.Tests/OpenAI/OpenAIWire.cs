using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

/// <summary>The codec as tests use it: text in, text out.</summary>
internal static class OpenAIWire
{
    /// <summary>All features, and the parameters' older names.</summary>
    public static readonly Takes Everything = new(
        ModelCapabilities.JsonSchema | ModelCapabilities.Tools | ModelCapabilities.Vision | ModelCapabilities.Audio | ModelCapabilities.Documents,
        ModelParameters.Sampling | ModelParameters.TopK | ModelParameters.Penalties | ModelParameters.Stop | ModelParameters.Seed
        | ModelParameters.Reasoning | ModelParameters.ParallelToolCalls | ModelParameters.RequiredToolChoice,
        (int)(OpenAIQuirks.StreamUsageOption | OpenAIQuirks.MessageNames));

    /// <summary>What answers are read against.</summary>
    public static readonly ChatRequest Asked = new([new ChatMessage(ChatRole.User, "Hi")], null, isStreaming: false);

    public static readonly ChatCodec Codec = new OpenAIChatCodec<Gpt>();

    /// <summary>The whole body of a request.</summary>
    public static string Request(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null, Takes? takes = null, bool stream = false, int limit = 0)
    {
        var body = new RequestWriter();
        var request = new ChatRequest(messages, options, stream);
        ModelProfile model = (takes ?? Everything).Of("test", "m", limit);
        Assert.Null(OpenAIChatRequest.Write(request, body, "{\"model\":\"m\""u8, model));
        PublishedRequests.Check("openai", body, request, model);
        return Unstreamed(Encoding.UTF8.GetString(body.WrittenMemory.Span), stream);
    }

    /// <summary>A whole request says that it is none of a stream; then a body without that, as all have it.</summary>
    public static string Unstreamed(string body, bool stream = false)
    {
        const string Said = ",\"stream\":false";
        if (stream) return body;
        int at = body.LastIndexOf(Said, StringComparison.Ordinal);
        Assert.True(at > 0, body);
        return body.Remove(at, Said.Length);
    }

    /// <summary>The body without its model and its message "Hi": what options make.</summary>
    public static string Options(ChatOptions options, Takes? takes = null, bool stream = false, int limit = 0)
    {
        const string Start = """{"model":"m","messages":[{"role":"user","content":"Hi"}]""";
        string body = Request([new ChatMessage(ChatRole.User, "Hi")], options, takes, stream, limit);
        Assert.StartsWith(Start, body);
        return "{" + body[Start.Length..].TrimStart(',');
    }

    /// <summary>The list of messages that a request has.</summary>
    public static string Messages(params ChatMessage[] messages) => MessagesOf(Request(messages));

    /// <summary>The list of messages in a body that has nothing after it.</summary>
    public static string MessagesOf(string body)
    {
        const string Start = """{"model":"m","messages":""";
        Assert.StartsWith(Start, body);
        return body[Start.Length..^1];
    }

    /// <summary>Why a request cannot be written; then the same writer must be good for the next one.</summary>
    public static string Unsupported(ChatMessage message, ChatOptions? options = null, Takes? takes = null)
    {
        var body = new RequestWriter();
        AttemptFailure? failure = OpenAIChatRequest.Write(new ChatRequest([message], options, false), body, "{\"model\":\"m\""u8, (takes ?? Everything).Of("test", "m"));
        Assert.NotNull(failure);
        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        body.Clear();
        Assert.Null(OpenAIChatRequest.Write(new ChatRequest([new ChatMessage(ChatRole.User, "Hi")], null, false), body, "{\"model\":\"m\""u8, (takes ?? Everything).Of("test", "m")));
        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", Unstreamed(Encoding.UTF8.GetString(body.WrittenMemory.Span)));
        return failure.Message;
    }

    public static RoutedResponse Reply(string body)
    {
        AttemptFailure? failure = Codec.ReadReply(Asked, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(failure);
        Assert.NotNull(reply);
        return reply;
    }

    public static AttemptFailure NoReply(string body)
    {
        AttemptFailure? failure = Codec.ReadReply(Asked, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(reply);
        Assert.NotNull(failure);
        return failure;
    }

    private readonly struct Gpt : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"gpt-4o-mini\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = (Everything | (OpenAIQuirks.MaxCompletionTokens | OpenAIQuirks.DeveloperRole)).Of("test", "gpt-4o-mini", 4096);
    }
}
