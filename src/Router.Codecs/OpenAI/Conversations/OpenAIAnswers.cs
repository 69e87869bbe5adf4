using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What answers have in common in the dialects of OpenAI.</summary>
[Embedded]
internal static class OpenAIAnswers
{
    /// <summary>The <see cref="ErrorContent.ErrorCode"/> of a model's refusal.</summary>
    public const string RefusalCode = "Refusal";

    /// <summary>Returns a model's refusal as a content.</summary>
    public static ErrorContent Refusal(string words) => new(words) { ErrorCode = RefusalCode };

    /// <summary>Returns the failure for an answer that the provider's filter withheld, wholly or in part.</summary>
    public static AttemptFailure Filtered(UsageDetails? usage = null) =>
        new(FailureKind.ContentFiltered, "The provider's content filter withheld the answer.") { ErrorCode = "content_filter", Usage = usage };

    /// <summary>Returns what the official adapter notes of an answer, under its names; null where there is nothing.</summary>
    public static AdditionalPropertiesDictionary? Describe(string? fingerprint, string? serviceTier)
    {
        AdditionalPropertiesDictionary? properties = CodecTiers.Describe(serviceTier);
        if (fingerprint is not null) (properties ??= [])["SystemFingerprint"] = fingerprint;
        return properties;
    }
}
