using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Rerank;

/// <summary>How each dialect asks for rankings and answers with them, for tests of what holds in each.</summary>
internal static class RerankWire
{
    public delegate AttemptFailure? RequestWriting(RerankRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model);

    public delegate AttemptFailure? ReplyReading(ReadOnlySpan<byte> body, RankedScores scores);

    /// <param name="Write">Writes a request.</param>
    /// <param name="Read">Reads an answer.</param>
    /// <param name="Answer">An answer that ranks two documents, the second before the first.</param>
    /// <param name="Tokens">The tokens that it counts; null for none.</param>
    /// <param name="Units">The units of search that it counts; null for none.</param>
    public sealed record Row(RequestWriting Write, ReplyReading Read, string Answer, long? Tokens = null, long? Units = null)
    {
        /// <summary>Gets what a request begins with.</summary>
        public string Prefix { get; init; } = "{\"model\":\"m\"";

        /// <summary>Gets the model that is asked.</summary>
        public ModelProfile Model { get; init; } = new("test", "m");
    }

    private static readonly ReplyReading Jina = (body, scores) => OpenAIRerank.Read(body, scores, new ModelProfile("test", "m"));

    private const string Results = """[{"index":1,"relevance_score":0.9},{"index":0,"relevance_score":-0.25}]""";

    public static readonly Dictionary<string, Row> Dialects = new()
    {
        ["jina"] = new(OpenAIRerank.Write, Jina, $$"""{"model":"m","usage":{"total_tokens":7},"results":{{Results}}}""", Tokens: 7),
        ["vllm"] = new(
            OpenAIRerank.Write, Jina,
            """{"id":"rerank-1","model":"m","usage":{"prompt_tokens":7,"total_tokens":7},"results":[{"index":1,"document":{"text":"b","multi_modal":null},"relevance_score":0.9},{"index":0,"document":{"text":"a"},"relevance_score":-0.25}]}""",
            Tokens: 7),
        ["voyage"] = new(OpenAIRerank.Write, Jina, """{"object":"list","data":[{"relevance_score":0.9,"index":1},{"relevance_score":-0.25,"index":0}],"model":"m","usage":{"total_tokens":7}}""", Tokens: 7)
        {
            Model = new("test", "m") { Quirks = (int)OpenAIQuirks.VoyageNames },
        },
        ["litellm"] = new(OpenAIRerank.Write, Jina, $$"""{"id":"1","results":{{Results}},"meta":{"billed_units":{"search_units":1},"tokens":{"input_tokens":7} } }""", Tokens: 7, Units: 1),
        ["openrouter"] = new(OpenAIRerank.Write, Jina, $$"""{"id":"gen-1","provider":"Cohere","results":{{Results}},"usage":{"search_units":1,"total_tokens":7,"cost":0.002} }""", Tokens: 7, Units: 1),
        ["cohere"] = new(CohereRerank.Write, CohereRerank.Read, $$"""{"id":"1","results":{{Results}},"meta":{"api_version":{"version":"2"},"billed_units":{"search_units":1} } }""", Units: 1),
        ["cohere at bedrock"] = new(BedrockRerank.Write, BedrockRerank.Read, $$"""{"id":"1","results":{{Results}} }""", Units: 1) { Prefix = "{", Model = new("test", "cohere.rerank-v3-5:0") },
        ["amazon"] = new(BedrockRerank.Write, BedrockRerank.Read, $$"""{"results":{{Results}} }""", Units: 1) { Prefix = "{", Model = new("test", "amazon.rerank-v1:0") },
    };

    public static TheoryData<string> All => [.. Dialects.Keys];

    /// <summary>Writes a request, and says what was left out of it.</summary>
    public static string Body(string dialect, RerankOptions? options, out List<string>? notes, params string[] documents)
    {
        Row row = Dialects[dialect];
        var body = new RequestWriter();
        AttemptFailure? failure = row.Write(new RerankRequest("q", documents, options), body, Encoding.UTF8.GetBytes(row.Prefix), row.Model);
        Assert.Null(failure?.Message);
        notes = body.Notes;
        return Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd();
    }

    public static AttemptFailure? Read(string dialect, string body, out RankedScores scores, int documents = 2, int wanted = 2) =>
        Read(dialect, Encoding.UTF8.GetBytes(body), out scores, documents, wanted);

    public static AttemptFailure? Read(string dialect, ReadOnlySpan<byte> body, out RankedScores scores, int documents = 2, int wanted = 2)
    {
        scores = new RankedScores(documents, wanted);
        return Dialects[dialect].Read(body, scores);
    }
}
