using System.Text.Json;
using RouterGen.Codecs;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Tool.Doctor;

/// <summary>The smallest request that a model answers: one word in, one token out, or one vector.</summary>
/// <param name="Path">Where it is sent, behind the endpoint.</param>
/// <param name="Body">The JSON.</param>
internal sealed record SmallRequest(string Path, string Body)
{
    private const string Word = "Hi";

    /// <summary>The request for a deployment; null where there is none: of other kinds of calls, the smallest is not small.</summary>
    public static SmallRequest? For(DeploymentSpec deployment)
    {
        string model = deployment.Model;
        string path = Uri.EscapeDataString(model);
        object message = new { role = "user", content = Word };
        return (deployment.Kind, deployment.Dialect) switch
        {
            (CallKind.Chat, Dialect.OpenAIChat) => Of("/chat/completions", Chat(deployment, message)),
            (CallKind.Chat, Dialect.OpenAIResponses) => Of("/responses", new { model, input = Word, max_output_tokens = 16, store = false }),
            (CallKind.Chat, Dialect.AnthropicMessages) when deployment.Connection.Platform is not "bedrock" => Of("/v1/messages", new { model, max_tokens = 1, messages = new[] { message } }),
            (CallKind.Chat, Dialect.Gemini) => Of($"/models/{path}:generateContent", new { contents = new[] { new { role = "user", parts = new[] { new { text = Word } } } }, generationConfig = new { maxOutputTokens = 1 } }),
            (CallKind.Chat, Dialect.CohereChat) => Of("/chat", new { model, max_tokens = 1, messages = new[] { message } }),
            (CallKind.Chat, Dialect.OllamaChat) => Of("/api/chat", new { model, stream = false, messages = new[] { message }, options = new { num_predict = 1 } }),
            (CallKind.Chat, Dialect.BedrockConverse) => Of($"/model/{path}/converse", new { messages = new[] { new { role = "user", content = new[] { new { text = Word } } } }, inferenceConfig = new { maxTokens = 1 } }),
            (CallKind.Embeddings, Dialect.OpenAIChat or Dialect.OpenAIResponses) => Of("/embeddings", new { model, input = Word }),
            (CallKind.Embeddings, Dialect.CohereChat) => Of("/embed", new { model, texts = new[] { Word }, input_type = "search_query", embedding_types = new[] { "float" } }),
            (CallKind.Embeddings, Dialect.OllamaChat) => Of("/api/embed", new { model, input = Word }),
            (CallKind.Embeddings, Dialect.Gemini) => Of($"/models/{path}:embedContent", new { content = new { parts = new[] { new { text = Word } } } }),
            _ => null,
        };
    }

    // A model that thinks first may need more than one token to begin: it ends at the limit, which is an answer too.
    private static Dictionary<string, object> Chat(DeploymentSpec deployment, object message) => new()
    {
        ["model"] = deployment.Model,
        ["messages"] = new[] { message },
        [((OpenAIQuirks)deployment.Traits.Quirks).HasFlag(OpenAIQuirks.MaxCompletionTokens) ? "max_completion_tokens" : "max_tokens"] = 1,
    };

    private static SmallRequest Of(string path, object body) => new(path, JsonSerializer.Serialize(body));
}
