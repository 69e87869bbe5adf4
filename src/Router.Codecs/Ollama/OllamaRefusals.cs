using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What Ollama says when it refuses a request, or fails in the midst of one, where an error has no status.</summary>
[Embedded]
internal static class OllamaRefusals
{
    public static readonly CodecRefusal[] Rows =
    [
        // The key, of models that run in Ollama's cloud.
        new(FailureKind.QuotaExhausted) { Statuses = "402 403 429", Phrases = ["usage limit"] },
        new(FailureKind.PermissionDenied) { Statuses = "403", Phrases = ["requires a subscription"] },

        // The server has the model not at all, or not in memory.
        new(FailureKind.ModelNotFound) { Statuses = "400 404", Phrases = ["^model * not found"] },
        new(FailureKind.Overloaded) { Phrases = ["^server busy", "^model requires more system memory", "^timed out waiting for llama runner"] },
        new(FailureKind.ServerError) { Phrases = ["^llama runner process", "^model runner has", "^an error was encountered while running the model"] },

        // This request at this model.
        new(FailureKind.Unsupported) { Statuses = "400", Phrases = ["^invalid think value", "^think value", "^invalid format", "^invalid image input", "^option *"] },
    ];
}
