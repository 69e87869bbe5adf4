using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIResponses;

/// <summary>The codec as tests use it: text in, text out.</summary>
internal static class ResponsesWire
{
    /// <summary>All features that are not tools of the provider's.</summary>
    public static readonly Takes Everything = new(
        ModelCapabilities.JsonSchema | ModelCapabilities.Tools | ModelCapabilities.Vision | ModelCapabilities.Documents,
        ModelParameters.Sampling | ModelParameters.Reasoning | ModelParameters.ParallelToolCalls | ModelParameters.RequiredToolChoice);

    /// <summary>The same with them.</summary>
    public static readonly Takes WithHosted = Everything
        | (ModelCapabilities.WebSearch | ModelCapabilities.CodeInterpreter | ModelCapabilities.McpServers)
        | (OpenAIQuirks.FileSearchTool | OpenAIQuirks.ImageGenerationTool);

    /// <summary>What answers are read against.</summary>
    public static readonly ChatRequest Asked = new([new ChatMessage(ChatRole.User, "Hi")], null, isStreaming: false);

    public static readonly ModelProfile Profile = Everything.Of("test", "gpt");

    public static readonly ChatCodec Codec = new OpenAIResponsesCodec<Gpt>();

    /// <summary>The whole body of a request.</summary>
    public static string Request(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null, Takes? takes = null, bool stream = false, int limit = 0) =>
        Request(messages, (takes ?? Everything).Of("test", "gpt", limit), options, stream, out _);

    /// <summary>The same for a model, with what was noted.</summary>
    public static string Request(IReadOnlyList<ChatMessage> messages, ModelProfile model, ChatOptions? options, bool stream, out List<string> notes)
    {
        var body = new RequestWriter();
        var request = new ChatRequest(messages, options, stream);
        Assert.Null(OpenAIResponsesRequest.Write(request, body, "{\"model\":\"gpt\""u8, model));
        PublishedRequests.Check("responses", body, request, model);
        notes = body.Notes ?? [];
        return Encoding.UTF8.GetString(body.WrittenMemory.Span);
    }

    /// <summary>The members of the body between the conversation "Hi" and what each request ends with: what options make.</summary>
    public static string Options(ChatOptions options, Takes? takes = null, int limit = 0)
    {
        const string Start = """{"model":"gpt","input":[{"type":"message","role":"user","content":"Hi"}]""";
        const string End = ""","store":false,"include":["reasoning.encrypted_content"],"stream":false}""";
        string body = Request([new ChatMessage(ChatRole.User, "Hi")], options, takes, limit: limit);
        Assert.StartsWith(Start, body);
        return "{" + (body.EndsWith(End, StringComparison.Ordinal) ? body[Start.Length..^End.Length] : body[Start.Length..^1]).TrimStart(',') + "}";
    }

    /// <summary>The list of items that a request has.</summary>
    public static string Input(params ChatMessage[] messages) => InputFor(Profile, messages);

    /// <summary>The same for a model.</summary>
    public static string InputFor(ModelProfile model, IReadOnlyList<ChatMessage> messages, ChatOptions? options = null)
    {
        string body = Request(messages, model, options, stream: false, out _);
        return JsonDocument.Parse(body).RootElement.GetProperty("input").GetRawText();
    }

    /// <summary>Why a request cannot be written; then the same writer must be good for the next one.</summary>
    public static string Unsupported(ChatMessage message, ChatOptions? options = null, Takes? takes = null)
    {
        var body = new RequestWriter();
        ModelProfile model = (takes ?? Everything).Of("test", "gpt");
        AttemptFailure? failure = OpenAIResponsesRequest.Write(new ChatRequest([message], options, false), body, "{\"model\":\"gpt\""u8, model);
        Assert.NotNull(failure);
        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        body.Clear();
        Assert.Null(OpenAIResponsesRequest.Write(Asked, body, "{\"model\":\"gpt\""u8, model));
        Assert.StartsWith("""{"model":"gpt","input":[{"type":"message","role":"user","content":"Hi"}]""", Encoding.UTF8.GetString(body.WrittenMemory.Span));
        return failure.Message;
    }

    public static RoutedResponse Reply(string body, ChatOptions? options = null)
    {
        AttemptFailure? failure = Codec.ReadReply(new ChatRequest(Asked.Messages, options, false), Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
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

    /// <summary>A whole answer with these items.</summary>
    public static string Answer(string items, string more = "") =>
        $$$"""{"id":"resp_1","object":"response","created_at":1741569952,"status":"completed","error":null,"incomplete_details":null,"model":"gpt-5-mini"{{{more}}},"output":[{{{items}}}]}""";

    /// <summary>Reads a stream to its end, and returns its updates.</summary>
    public static List<ChatResponseUpdate> Stream(IEnumerable<string> events, ChatOptions? options = null)
    {
        List<ChatResponseUpdate> updates = [];
        AttemptFailure? failure = Play(events, updates, options);
        Assert.Null(failure);
        return updates;
    }

    /// <summary>Reads a stream that fails.</summary>
    public static AttemptFailure Broken(IEnumerable<string> events)
    {
        AttemptFailure? failure = Play(events, []);
        Assert.NotNull(failure);
        return failure;
    }

    private static AttemptFailure? Play(IEnumerable<string> events, List<ChatResponseUpdate> updates, ChatOptions? options = null)
    {
        ChatStreamDecoder decoder = Codec.StartStream(new ChatRequest(Asked.Messages, options, true));
        foreach (string data in events)
        {
            StreamSignal signal = decoder.Read(default, Encoding.UTF8.GetBytes(data), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Equal(signal is StreamSignal.Failed, failure is not null);
            Assert.True(update is not null || signal is not StreamSignal.Update);
            if (update is not null) updates.Add(update);
            if (signal is StreamSignal.Failed) return failure;
            if (signal is not StreamSignal.Completed) continue;
            Assert.True(decoder.IsFinished);
            return null;
        }

        throw new InvalidOperationException("The stream did not end.");
    }

    private readonly struct Gpt : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"gpt\""u8;

        public ModelProfile Profile => ResponsesWire.Profile;
    }
}
