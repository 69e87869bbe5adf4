using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What answers with vectors have in common.</summary>
[Embedded]
internal static class CodecEmbeddingReply
{
    /// <summary>Returns what was counted of a request; null where nothing was.</summary>
    public static UsageDetails? UsageOf(long? input) => input is null ? null : new UsageDetails { InputTokenCount = input, TotalTokenCount = input };
}
