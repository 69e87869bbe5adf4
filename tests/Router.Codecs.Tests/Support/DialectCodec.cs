using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Support;

/// <summary>The codec of a dialect for any model: the shells that are delivered know theirs when they are compiled.</summary>
internal sealed class DialectCodec : ChatCodec
{
    private delegate AttemptFailure? Writing(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model);

    private delegate AttemptFailure? Reading(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> body, out RoutedResponse? reply);

    private delegate AttemptFailure Refusing(int status, ReadOnlySpan<byte> body);

    private sealed record Row(Writing Write, Reading Read, Func<ChatRequest, ModelProfile, ChatStreamDecoder> Start, Refusing Refuse, bool NamesModel = true);

    private static readonly Dictionary<string, Row> Dialects = new()
    {
        ["openai"] = new(OpenAIChatRequest.Write, OpenAIChatReply.Read, static (request, model) => new OpenAIChatStream(request, model), OpenAIErrors.Read),
        ["responses"] = new(OpenAIResponsesRequest.Write, OpenAIResponsesReply.Read, static (request, model) => new OpenAIResponsesStream(request, model), OpenAIErrors.Read),
        ["anthropic"] = new(
            static (request, body, prefix, model) => AnthropicRequest.Write(request, body, prefix, model), AnthropicReply.Read, static (request, model) => new AnthropicStream(request, model), AnthropicErrors.Read),
        ["gemini"] = new(GeminiRequest.Write, GeminiReply.Read, static (request, model) => new GeminiStream(request, model), GeminiErrors.Read, NamesModel: false),
        ["bedrock"] = new(ConverseRequest.Write, ConverseReply.Read, static (request, model) => new ConverseStream(request, model), BedrockErrors.Read, NamesModel: false),
        ["cohere"] = new(CohereRequest.Write, CohereReply.Read, static (request, model) => new CohereStream(request, model), CohereErrors.Read),
        ["ollama"] = new(OllamaRequest.Write, OllamaReply.Read, static (request, model) => new OllamaStream(request, model), OllamaErrors.Read),
    };

    private readonly Row _row;
    private readonly ModelProfile _model;

    public DialectCodec(string dialect, ModelProfile model)
    {
        _row = Dialects[dialect];
        _model = model;
    }

    /// <summary>The dialects by name.</summary>
    public static IEnumerable<string> Names => Dialects.Keys;

    public override ModelProfile Profile => _model;

    public override string PathFor(bool streaming) => "";

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) => _row.Write(request, body, _row.NamesModel ? "{\"model\":\"m\""u8 : "{"u8, _model);

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => _row.Read(request, _model, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => _row.Start(request, _model);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => _row.Refuse(statusCode, body);
}
