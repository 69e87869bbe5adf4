using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.AnthropicMessages;
using RouterGen.Codecs.Tests.Bedrock;
using RouterGen.Codecs.Tests.CohereChat;
using RouterGen.Codecs.Tests.Gemini;
using RouterGen.Codecs.Tests.OllamaChat;
using RouterGen.Codecs.Tests.OpenAIChat;
using RouterGen.Codecs.Tests.OpenAIResponses;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>All dialects, for tests of what holds in each.</summary>
internal static class CodecWire
{
    /// <param name="Dialect">The dialect.</param>
    /// <param name="Usual">What a model takes where a test says nothing of it.</param>
    /// <param name="Turns">The member with the turns.</param>
    /// <param name="Contents">The member of a turn with its contents.</param>
    private sealed record Row(Dialect Dialect, Takes Usual, string Turns = "messages", string Contents = "content");

    private static readonly Dictionary<string, Row> Dialects = new()
    {
        ["openai"] = new(Dialect.OpenAIChat, OpenAIWire.Everything),
        ["responses"] = new(Dialect.OpenAIResponses, ResponsesWire.Everything, "input"),
        ["anthropic"] = new(Dialect.AnthropicMessages, AnthropicWire.AllButThinking),
        ["gemini"] = new(Dialect.Gemini, GeminiWire.Everything, "contents", "parts"),
        ["bedrock"] = new(Dialect.BedrockConverse, ConverseWire.Everything),
        ["cohere"] = new(Dialect.CohereChat, CohereWire.Everything),
        ["ollama"] = new(Dialect.OllamaChat, OllamaWire.Everything),
    };

    /// <summary>The dialects by name.</summary>
    public static IEnumerable<string> Names => Dialects.Keys;

    /// <summary>The dialect of a name.</summary>
    public static Dialect DialectOf(string name) => Dialects[name].Dialect;

    /// <summary>The same for theories.</summary>
    public static TheoryData<string> All => [.. Dialects.Keys];

    /// <summary>The name of the member with the turns.</summary>
    public static string TurnsOf(string dialect) => Dialects[dialect].Turns;

    /// <summary>The name of the member with a turn's contents.</summary>
    public static string ContentsOf(string dialect) => Dialects[dialect].Contents;

    /// <summary>Writes a request; null where the dialect refuses it.</summary>
    public static JsonElement? Request(string dialect, IReadOnlyList<ChatMessage> messages, out AttemptFailure? failure, ChatOptions? options = null, Takes? takes = null) =>
        Request(dialect, messages, out failure, out _, options, takes);

    /// <summary>Writes a request, and returns what was noted.</summary>
    public static JsonElement? Request(
        string dialect, IReadOnlyList<ChatMessage> messages, out AttemptFailure? failure, out RequestWriter writer, ChatOptions? options = null, Takes? takes = null)
    {
        var request = new ChatRequest(messages, options, isStreaming: false);
        failure = Write(dialect, request, (takes ?? Dialects[dialect].Usual).Of(dialect, "m"), out writer);
        return failure is null ? JsonDocument.Parse(writer.WrittenMemory).RootElement : null;
    }

    /// <summary>Writes a request to a model that takes what is usual.</summary>
    public static AttemptFailure? Write(string dialect, ChatRequest request, out RequestWriter writer)
    {
        writer = new RequestWriter();
        return Write(dialect, request, writer);
    }

    /// <summary>The same into a body that is there.</summary>
    public static AttemptFailure? Write(string dialect, ChatRequest request, RequestWriter writer) =>
        new DialectCodec(dialect, Dialects[dialect].Usual.Of(dialect, "m")).WriteRequest(request, writer);

    /// <summary>Writes a request to a model.</summary>
    /// <returns>Why the dialect refuses it; null where it was written.</returns>
    public static AttemptFailure? Write(string dialect, ChatRequest request, ModelProfile model, out RequestWriter writer)
    {
        writer = new RequestWriter();
        AttemptFailure? failure = new DialectCodec(dialect, model).WriteRequest(request, writer);
        if (failure is null) PublishedRequests.Check(dialect, writer, request, model);
        return failure;
    }

    /// <summary>The messages of a request that must be possible, as text.</summary>
    public static string Messages(string dialect, params ChatMessage[] messages) => MessagesFor(dialect, null, messages);

    /// <summary>The messages of a request to a model that takes this.</summary>
    public static string MessagesFor(string dialect, Takes? takes, params ChatMessage[] messages)
    {
        JsonElement? request = Request(dialect, messages, out AttemptFailure? failure, takes: takes);
        Assert.Null(failure);
        return Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(request!.Value.GetProperty(TurnsOf(dialect)), Relaxed));
    }

    /// <summary>Why a request is refused.</summary>
    public static string Refused(string dialect, Takes? takes, params ChatMessage[] messages)
    {
        Assert.Null(Request(dialect, messages, out AttemptFailure? failure, takes: takes));
        Assert.Equal(FailureKind.Unsupported, failure!.Kind);
        return failure.Message;
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
