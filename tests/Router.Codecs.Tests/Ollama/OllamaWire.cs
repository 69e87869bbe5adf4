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

    /// <summary>https://docs.ollama.com/api/chat; the options of https://docs.ollama.com/modelfile. The server passes an option over that it does not know.</summary>
    private static readonly KnownMembers Members = new(new()
    {
        [""] = "model messages stream tools format options think keep_alive truncate shift logprobs top_logprobs",
        ["messages[]"] = "role content thinking images tool_calls tool_name tool_call_id",
        ["messages[].tool_calls[]"] = "id function",
        ["messages[].tool_calls[].function"] = "name arguments",
        ["tools[]"] = "type function",
        ["tools[].function"] = "name description parameters",
        ["options"] = "num_keep seed num_predict top_k top_p min_p typical_p repeat_last_n temperature repeat_penalty presence_penalty frequency_penalty mirostat mirostat_tau mirostat_eta penalize_newline stop numa num_ctx num_batch num_gpu main_gpu use_mmap num_thread",
    });

    public static readonly DialectWire Wire = new("ollama", Everything, Members, CodecOf);

    /// <summary>The codec for a model.</summary>
    public static ChatCodec CodecOf(ModelProfile model) => new TestCodec(model);

    public static string Body(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null, bool stream = false, int defaultMaxTokens = 0) => Wire.Body(messages, options, takes, stream, defaultMaxTokens);

    public static string Options(ChatOptions options, Takes? takes = null) => Wire.Options(options, takes);

    public static string Messages(params ChatMessage[] messages) => Wire.Messages(messages);

    public static List<string>? Notes(ChatOptions options, Takes? takes = null) => Wire.Notes(options, takes);

    public static string Refused(ChatMessage[] messages, ChatOptions? options = null, Takes? takes = null) => Wire.Refused(messages, options, takes);

    public static RoutedResponse Reply(string body, ChatRequest? request = null) => Wire.Reply(body, request);

    public static AttemptFailure NoReply(string body) => Wire.NoReply(body);

    public static List<ChatResponseUpdate> Stream(params string[] events) => Wire.Stream(events);

    public static AttemptFailure Broken(params string[] events) => Wire.Broken(events);

    private sealed class TestCodec(ModelProfile model) : ChatCodec
    {
        public override string PathFor(bool streaming) => "";

        public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) => OllamaRequest.Write(request, body, "{\"model\":\"m\""u8, model);

        public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => OllamaReply.Read(request, model, body, out reply);

        public override ChatStreamDecoder StartStream(ChatRequest request) => new OllamaStream(request, model);

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OllamaErrors.Read(statusCode, body);
    }
}
