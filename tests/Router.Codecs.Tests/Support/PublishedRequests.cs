using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Support;

/// <summary>What providers publish of their requests (<c>Schemas/README.md</c>), which all requests that tests write are held to.</summary>
internal static class PublishedRequests
{
    private static readonly Dictionary<string, JsonElement> Schemas = new()
    {
        ["openai"] = Read("OpenAIChat"),
        ["responses"] = Read("OpenAIResponses"),
        ["anthropic"] = Read("AnthropicMessages"),
        ["anthropic-beta"] = Read("AnthropicBeta"),
        ["bedrock"] = Read("BedrockConverse"),
        ["gemini"] = Read("GeminiContent"),
        ["cohere"] = Read("CohereChat"),
        ["ollama"] = Read("OllamaChat"),
        ["openai embeddings"] = Read("OpenAIEmbeddings"),
        ["gemini embeddings"] = Read("GeminiEmbeddings"),
        ["vertex embeddings"] = Read("VertexPredictions"),
        ["vertex content embeddings"] = Read("VertexContents"),
        ["cohere embeddings"] = Read("CohereEmbeddings"),
        ["ollama embeddings"] = Read("OllamaEmbeddings"),
    };

    /// <summary>What is sent and not published, by dialect and path, with the reason.</summary>
    private static readonly Dictionary<(string Dialect, string Path), string> Exempt = new()
    {
        [("openai", "top_k")] = "a parameter of other providers' models; OpenAI's take none (ModelParameters.TopK)",
        [("anthropic", "temperature")] = "the models before Claude Opus 4.7 take sampling, which the library no longer has",
        [("anthropic", "top_p")] = "as temperature",
        [("anthropic", "top_k")] = "as temperature",
        [("anthropic", "messages[].content[].signature")] = "required of Claude's thoughts; those of another model with the same API may have none",
        [("responses", "input[].id")] = "required of an item that the API made; one of another provider has none, and the API takes it without",
        [("responses", "input[].status")] = "as id",
        [("gemini", "service_tier")] = "https://ai.google.dev/gemini-api/docs/flex-inference has it, the library not yet",
        [("ollama", "messages[].tool_calls[].id")] = "https://docs.ollama.com/capabilities/tool-calling has it, the library not yet",
        [("ollama", "messages[].tool_call_id")] = "as the call's id",
        [("ollama", "tools[].function.parameters")] = "the library types a part of JSON Schema; the server hands it to the model's template",
    };

    /// <summary>Quirks of models that are not OpenAI's: what they add is published by other providers.</summary>
    private const OpenAIQuirks NotOpenAIs =
        OpenAIQuirks.RandomSeed | OpenAIQuirks.ServerTools | OpenAIQuirks.BrowserSearchTool | OpenAIQuirks.ReturnsReasoningContent | OpenAIQuirks.ReturnsReasoning
        | OpenAIQuirks.ReturnsReasoningDetails | OpenAIQuirks.ReturnsExtraContent | OpenAIQuirks.ReturnsThinkingParts | OpenAIQuirks.PlainReasoning;

    /// <summary>Demands that a request that was written is one that its provider takes. What the caller adds as it is, is not compared.</summary>
    public static void Check(string dialect, RequestWriter writer, ChatRequest request, ModelProfile model)
    {
        if (dialect is "openai" or "responses" && (model.Quirks & (int)NotOpenAIs) != 0) return;
        if (request.Options?.RawRepresentationFactory is not null || request.Messages.Any(static message => message.Contents.Any(IsRaw))) return;
        if (dialect is "anthropic" && writer.Headers?.Any(static header => header.Key is "anthropic-beta") is true) dialect = "anthropic-beta";
        using JsonDocument body = JsonDocument.Parse(writer.WrittenMemory);
        string? mismatch = Mismatch(dialect, body.RootElement, request.Options?.AdditionalProperties);
        Assert.True(mismatch is null, $"{dialect}: {mismatch} in {body.RootElement}");
    }

    /// <summary>Demands the same of a request for vectors. Nothing is published of those to Titan, and of Cohere's models at Bedrock.</summary>
    public static void Check(string dialect, RequestWriter writer, EmbeddingRequest request, ModelProfile model)
    {
        string kind = dialect.Replace(" base64", "", StringComparison.Ordinal) + " embeddings";
        if (!Schemas.ContainsKey(kind) || request.Options?.RawRepresentationFactory is not null) return;
        if (kind is "openai embeddings" && (model.Quirks & (int)(OpenAIQuirks.OutputDimension | OpenAIQuirks.StatesInputType)) != 0) return; // Mistral's and NVIDIA's words
        using JsonDocument body = JsonDocument.Parse(writer.WrittenMemory);
        string? mismatch = Mismatch(kind, body.RootElement, request.Options?.AdditionalProperties);
        Assert.True(mismatch is null, $"{kind}: {mismatch} in {body.RootElement}");
    }

    /// <summary>Where a request does not fit what is published; null where it does.</summary>
    /// <param name="own">Members that the caller added.</param>
    public static string? Mismatch(string dialect, JsonElement request, AdditionalPropertiesDictionary? own = null) =>
        new SchemaValidator(Schemas[dialect], path => Exempt.ContainsKey((dialect, path)) || own?.ContainsKey(path[(path.LastIndexOf('.') + 1)..]) is true).Check(request);

    private static bool IsRaw(AIContent content) => content.GetType() == typeof(AIContent) && content.RawRepresentation is not null;

    private static JsonElement Read(string name)
    {
        using Stream file = typeof(PublishedRequests).Assembly.GetManifestResourceStream(name + ".json")!;
        return JsonDocument.Parse(file).RootElement;
    }
}
