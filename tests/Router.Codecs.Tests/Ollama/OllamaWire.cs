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

    public static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    public static readonly DialectWire Wire = new("ollama", Everything);

    public static string Body(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null, bool stream = false, int defaultMaxTokens = 0) => Wire.Body(messages, options, takes, stream, defaultMaxTokens);

    public static string Options(ChatOptions options, Takes? takes = null) => Wire.Options(options, takes);

    public static string Messages(params ChatMessage[] messages) => Wire.Messages(messages);

    public static List<string>? Notes(ChatOptions options, Takes? takes = null) => Wire.Notes(options, takes);

    public static string Refused(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null) => Wire.Refused(messages, options, takes);

    public static RoutedResponse Reply(string body, ChatRequest? request = null) => Wire.Reply(body, request);

    public static AttemptFailure NoReply(string body) => Wire.NoReply(body);

    public static List<ChatResponseUpdate> Stream(params string[] events) => Wire.Stream(events);

    public static AttemptFailure Broken(params string[] events) => Wire.Broken(events);
}
