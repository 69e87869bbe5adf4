using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>Mistral's completions of code between two texts, which are answered as in its chat.</summary>
internal sealed class FimDialect(OpenAIDialect chat, TimeProvider time) : CompletionDialect(chat, time)
{
    public override string PathSuffix => "/fim/completions";

    /// <summary>Usage comes at the end of each stream, unasked.</summary>
    public override bool WantsUsage(JsonElement body) => true;

    public override JsonObject Completion(Answer answer) => chat.Completion(answer);

    public override StreamEvents Stream(Answer answer, bool withUsage) => chat.Stream(answer, withUsage);
}
