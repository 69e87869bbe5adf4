using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What requests to go on with a text have in common.</summary>
[Embedded]
internal static class CodecCompletion
{
    /// <summary>Returns how the model is to choose its words, as <see cref="CodecWishes.WriteSampling"/> writes it.</summary>
    public static ChatOptions SamplingOf(CompletionOptions options) => new()
    {
        Temperature = options.Temperature,
        TopP = options.TopP,
        TopK = options.TopK,
        FrequencyPenalty = options.FrequencyPenalty,
        PresencePenalty = options.PresencePenalty,
        Seed = options.Seed,
        StopSequences = options.StopSequences,
    };
}
