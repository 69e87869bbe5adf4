extern alias Runtime;

using Microsoft.Extensions.AI;
using RouterGen.Declarations.Specs;
using Runtime::RouterGen;
using Declared = RouterGen.Declarations.Model;

namespace RouterGen.Tool.Doctor;

/// <summary>The smallest call of each kind: one word in, and one token, vector, rank, judgement or word of speech out. It goes through the group's own codec.</summary>
internal static class SmallCall
{
    private const string Word = "Hi";

    // OpenAI's Responses API refuses a lower limit of the output: https://platform.openai.com/docs/api-reference/responses/create
    private const int LeastOfResponses = 16;

    private static readonly Dictionary<Declared.CallKind, Func<ModelGroup, DeploymentSpec, CallOptions, CancellationToken, Task>> All = new()
    {
        [Declared.CallKind.Chat] = static (group, deployment, routing, cancellation) => ((ChatGroup)group).CompleteAsync(Word, routing, new ChatOptions { MaxOutputTokens = deployment.Dialect is Declared.Dialect.OpenAIResponses ? LeastOfResponses : 1 }, cancellation),
        [Declared.CallKind.Embeddings] = static (group, _, routing, cancellation) => ((EmbeddingGroup)group).EmbedAsync(Word, routing, null, cancellation),
        [Declared.CallKind.Rerank] = static (group, _, routing, cancellation) => ((RerankGroup)group).RerankAsync(Word, [Word], routing, null, cancellation),
        [Declared.CallKind.Moderation] = static (group, _, routing, cancellation) => ((ModerationGroup)group).ModerateAsync(Word, routing, null, cancellation),
        [Declared.CallKind.Completion] = static (group, _, routing, cancellation) => ((CompletionGroup)group).CompleteAsync(Word, routing, new CompletionOptions { MaxOutputTokens = 1 }, cancellation),
        [Declared.CallKind.Speech] = static (group, _, routing, cancellation) => ((SpeechGroup)group).SpeakAsync(Word, routing, null, cancellation),
    };

    private static readonly Dictionary<Declared.CallKind, string> NotMade = new()
    {
        [Declared.CallKind.Images] = "the smallest image costs cents",
        [Declared.CallKind.Transcription] = "it needs a recording",
    };

    /// <summary>Returns why no call of a kind is made; null where one is.</summary>
    public static string? WhyNot(Declared.CallKind kind) => NotMade.GetValueOrDefault(kind);

    /// <summary>Makes the call.</summary>
    /// <exception cref="RoutingException">The deployment did not answer.</exception>
    public static Task RunAsync(ModelGroup group, DeploymentSpec deployment, CallOptions routing, CancellationToken cancellationToken) => All[deployment.Kind](group, deployment, routing, cancellationToken);
}
