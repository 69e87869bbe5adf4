using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Embeddings;

/// <summary>How each dialect asks for vectors and answers with them, for tests of what holds in each.</summary>
internal static class EmbeddingWire
{
    public delegate AttemptFailure? RequestWriting(EmbeddingRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model);

    public delegate AttemptFailure? ReplyReading(ReadOnlySpan<byte> body, EmbeddingVectors vectors);

    /// <param name="Write">Writes a request.</param>
    /// <param name="Read">Reads an answer.</param>
    /// <param name="Answer">An answer with one vector, (1, -0.5), and 7 tokens.</param>
    /// <param name="Prefix">What a request begins with.</param>
    /// <param name="Model">The model that is asked.</param>
    public sealed record Row(RequestWriting Write, ReplyReading Read, string Answer, string Prefix = "{\"model\":\"m\"", string Model = "m");

    public static readonly Dictionary<string, Row> Dialects = new()
    {
        ["openai"] = new(
            OpenAIEmbeddings.Write, (body, vectors) => OpenAIEmbeddings.Read(body, vectors, Profile(ModelParameters.None)),
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1,-0.5]}],"model":"m-1","usage":{"prompt_tokens":7,"total_tokens":7}}"""),
        ["openai base64"] = new(
            OpenAIEmbeddings.Write, (body, vectors) => OpenAIEmbeddings.Read(body, vectors, Profile(ModelParameters.None)),
            """{"object":"list","data":[{"embedding":"AACAPwAAAL8=","object":"embedding","index":0}],"model":"m-1","usage":{"prompt_tokens":7,"total_tokens":7}}"""),
        ["gemini"] = new(GeminiEmbeddings.Write, GeminiEmbeddings.Read, """{"embeddings":[{"values":[1,-0.5]}],"usageMetadata":{"promptTokenCount":7}}""", "{"),
        ["vertex"] = new(
            VertexPredictions.Write, VertexPredictions.Read,
            """{"predictions":[{"embeddings":{"statistics":{"truncated":false,"token_count":7},"values":[1,-0.5]}}],"metadata":{"billableCharacterCount":2}}""", "{"),
        ["vertex content"] = new(VertexContents.Write, VertexContents.Read, """{"embedding":{"values":[1,-0.5]},"truncated":false,"usageMetadata":{"promptTokenCount":7,"totalTokenCount":7}}""", "{"),
        ["cohere"] = new(
            CohereEmbeddings.Write, CohereEmbeddings.Read,
            """{"id":"e1","embeddings":{"float":[[1,-0.5]]},"texts":["Hi"],"meta":{"api_version":{"version":"2"},"billed_units":{"input_tokens":7}}}"""),
        ["ollama"] = new(OllamaEmbeddings.Write, OllamaEmbeddings.Read, """{"model":"m-1","embeddings":[[1,-0.5]],"total_duration":14143917,"load_duration":1019500,"prompt_eval_count":7}"""),
        ["titan"] = new(TitanEmbeddings.Write, TitanEmbeddings.Read, """{"embedding":[1,-0.5],"embeddingsByType":{"float":[1,-0.5]},"inputTextTokenCount":7}""", "{"),
        ["cohere at bedrock"] = new(CohereEmbeddings.Write, CohereEmbeddings.Read, """{"embeddings":[[1,-0.5]],"id":"e1","response_type":"embeddings_floats","texts":["hi"]}""", "{"),
    };

    public static TheoryData<string> All => [.. Dialects.Keys];

    public static ModelProfile Profile(ModelParameters parameters, int dimensions = 0, int quirks = 0, string model = "m") =>
        new("test", model) { Parameters = parameters, Dimensions = dimensions, Quirks = quirks };

    /// <summary>Writes a request, and says what was left out of it.</summary>
    public static string Body(string dialect, EmbeddingGenerationOptions? options, ModelProfile model, out List<string>? notes, params string[] texts)
    {
        Row row = Dialects[dialect];
        var body = new RequestWriter();
        var request = new EmbeddingRequest(texts, options);
        AttemptFailure? failure = row.Write(request, body, Encoding.UTF8.GetBytes(row.Prefix), model);
        Assert.Null(failure?.Message);
        PublishedRequests.Check(dialect, body, request, model);
        notes = body.Notes;
        return Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd();
    }

    public static string Refused(string dialect, EmbeddingGenerationOptions? options, ModelProfile model, params string[] texts)
    {
        Row row = Dialects[dialect];
        AttemptFailure? failure = row.Write(new EmbeddingRequest(texts, options), new RequestWriter(), Encoding.UTF8.GetBytes(row.Prefix), model);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!.Message;
    }

    public static AttemptFailure? Read(string dialect, string body, out EmbeddingVectors vectors, int count = 1) => Read(dialect, Encoding.UTF8.GetBytes(body), out vectors, count);

    public static AttemptFailure? Read(string dialect, ReadOnlySpan<byte> body, out EmbeddingVectors vectors, int count = 1)
    {
        vectors = new EmbeddingVectors(count);
        return Dialects[dialect].Read(body, vectors);
    }
}
