using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.CohereChat;

/// <summary>What the tests of this dialect share: a request as text, a reply and a stream from text.</summary>
internal static class CohereWire
{
    public static readonly Takes Everything = new(
        ModelCapabilities.JsonSchema | ModelCapabilities.Tools | ModelCapabilities.Vision,
        ModelParameters.Sampling | ModelParameters.TopK | ModelParameters.Penalties | ModelParameters.Stop | ModelParameters.Seed | ModelParameters.Reasoning | ModelParameters.RequiredToolChoice);

    public static readonly ChatMessage Hello = new(ChatRole.User, "Hello");

    /// <summary>https://docs.cohere.com/reference/chat</summary>
    private static readonly KnownMembers Members = new(new()
    {
        [""] = "model messages stream tools strict_tools tool_choice documents citation_options response_format safety_mode max_tokens stop_sequences temperature seed frequency_penalty presence_penalty k p logprobs thinking priority raw_prompting",
        ["messages[]"] = "role content tool_calls tool_plan citations tool_call_id",
        ["messages[].content[]"] = "type text thinking image_url document",
        ["messages[].content[].image_url"] = "url detail",
        ["messages[].tool_calls[]"] = "id type function",
        ["messages[].tool_calls[].function"] = "name arguments",
        ["tools[]"] = "type function",
        ["tools[].function"] = "name description parameters",
        ["response_format"] = "type json_schema",
        ["thinking"] = "type token_budget",
        ["citation_options"] = "mode",
    });

    public static readonly DialectWire Wire = new("cohere", Everything, Members, CodecOf);

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

        public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) => CohereRequest.Write(request, body, "{\"model\":\"m\""u8, model);

        public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => CohereReply.Read(request, model, body, out reply);

        public override ChatStreamDecoder StartStream(ChatRequest request) => new CohereStream(request, model);

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => CohereErrors.Read(statusCode, body);
    }
}
