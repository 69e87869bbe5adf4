using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.AnthropicMessages;
using RouterGen.Codecs.Tests.OpenAIChat;
using RouterGen.Codecs.Tests.OpenAIResponses;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>All dialects, for tests of what holds in each.</summary>
internal static class CodecWire
{
    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["openai"] = new(OpenAIChatRequest.Write, OpenAIWire.Everything, "messages", "max_tokens"),
        ["responses"] = new(OpenAIResponsesRequest.Write, ResponsesWire.Everything, "input", "max_output_tokens"),
        ["anthropic"] = new(AnthropicRequest.Write, AnthropicWire.AllButThinking, "messages", "max_tokens"),
    };

    private delegate AttemptFailure? Writing(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model);

    /// <summary>How a dialect is spelled.</summary>
    /// <param name="Write">Writes a request.</param>
    /// <param name="Usual">What its model takes unless a test says otherwise.</param>
    /// <param name="Messages">The member with the conversation.</param>
    /// <param name="Limit">The member with the output limit.</param>
    private sealed record Row(Writing Write, Takes Usual, string Messages, string Limit);

    /// <summary>The names of the dialects.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>The same as the data of a theory.</summary>
    public static TheoryData<string> Dialects => new(Names);

    /// <summary>The member with the conversation.</summary>
    public static string MessagesOf(string dialect) => Rows[dialect].Messages;

    /// <summary>The member with the output limit.</summary>
    public static string LimitOf(string dialect) => Rows[dialect].Limit;

    /// <summary>Writes a request; null where the dialect refuses it.</summary>
    public static JsonElement? Request(string dialect, IReadOnlyList<ChatMessage> messages, out AttemptFailure? failure, ChatOptions? options = null, Takes? takes = null) =>
        Request(dialect, messages, out failure, out _, options, takes);

    /// <summary>Writes a request, and returns what was noted.</summary>
    public static JsonElement? Request(
        string dialect, IReadOnlyList<ChatMessage> messages, out AttemptFailure? failure, out RequestWriter writer, ChatOptions? options = null, Takes? takes = null)
    {
        writer = new RequestWriter();
        Row row = Rows[dialect];
        failure = row.Write(new ChatRequest(messages, options, isStreaming: false), writer, "{\"model\":\"m\""u8, (takes ?? row.Usual).Of(dialect, "m"));
        return failure is null ? JsonDocument.Parse(writer.WrittenMemory).RootElement : null;
    }

    /// <summary>The messages of a request that must be possible, as text.</summary>
    public static string Messages(string dialect, params ChatMessage[] messages) => MessagesFor(dialect, null, messages);

    /// <summary>The messages of a request to a model that takes this.</summary>
    public static string MessagesFor(string dialect, Takes? takes, params ChatMessage[] messages)
    {
        JsonElement? request = Request(dialect, messages, out AttemptFailure? failure, takes: takes);
        Assert.Null(failure);
        return Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(request!.Value.GetProperty(MessagesOf(dialect)), Relaxed));
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
