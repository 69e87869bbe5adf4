using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How Bedrock counts the tokens of requests. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html</summary>
[Embedded]
internal static class BedrockCounts
{
    // What stands before a model's name in a profile that serves it in several regions: the counter takes models alone.
    private static readonly string[] Profiles = ["us.", "eu.", "apac.", "au.", "jp.", "ca.", "us-gov.", "global."];

    /// <summary>Returns the path of the counter.</summary>
    public static string PathOf(ModelProfile model)
    {
        string name = model.Model;
        string? profile = Array.Find(Profiles, profile => name.StartsWith(profile, StringComparison.Ordinal));
        return $"/model/{Uri.EscapeDataString(name[(profile?.Length ?? 0)..])}/count-tokens";
    }

    /// <summary>Reads a count.</summary>
    public static AttemptFailure? Read(ReadOnlySpan<byte> body, out long tokens) => CodecCounts.Read(body, "inputTokens"u8, out tokens);

    /// <summary>Reads a refusal. That the counter does not know the model is told as an error of the request.</summary>
    public static AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body)
    {
        AttemptFailure failure = BedrockErrors.Read(statusCode, body);
        return failure.Message.Contains("support counting tokens", StringComparison.OrdinalIgnoreCase) ? failure with { Kind = FailureKind.ModelNotFound } : failure;
    }
}
