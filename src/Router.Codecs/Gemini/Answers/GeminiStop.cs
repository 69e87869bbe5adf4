using System;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Why the model stopped, or did not begin.</summary>
[Embedded]
internal static class GeminiStop
{
    // A filter withheld the rest of the answer, or all of it.
    private static readonly string[] Filtered =
    [
        "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION",
    ];

    // The model tried to call a function, and failed at it: what came before is no answer.
    private static readonly string[] Broken = ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "MALFORMED_RESPONSE"];

    /// <summary>Returns the reason to have stopped in the framework's terms; null where there is none.</summary>
    /// <param name="reason">The value of <c>finishReason</c>.</param>
    /// <param name="hasCalls">Whether the answer has calls, after which the model stops as after any other answer.</param>
    public static ChatFinishReason? ReasonOf(string? reason, bool hasCalls) => reason switch
    {
        null or "" or "FINISH_REASON_UNSPECIFIED" => null,
        "STOP" => hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        "MAX_TOKENS" => ChatFinishReason.Length,
        _ when IsFiltered(reason) => ChatFinishReason.ContentFilter,
        _ when string.IsNullOrWhiteSpace(reason) => null,
        _ => new ChatFinishReason(reason),
    };

    /// <summary>Returns whether a filter stopped the model.</summary>
    public static bool IsFiltered(string? reason) => Array.IndexOf(Filtered, reason) >= 0;

    /// <summary>Returns why a reason to have stopped means that there is no answer, whatever came before; null where it does not.</summary>
    public static AttemptFailure? FailureOf(string? reason) =>
        Array.IndexOf(Broken, reason) >= 0 ? CodecJson.Malformed("The model made a function call that is none.") with { ErrorCode = reason }
        : reason is "MISSING_THOUGHT_SIGNATURE" ? CodecJson.Unsupported("The model misses the signature of an earlier turn.") with { ErrorCode = reason }
        : null;

    /// <summary>Returns the failure of an answer that a filter withheld.</summary>
    /// <param name="reason">The value of <c>finishReason</c> or <c>blockReason</c>.</param>
    /// <param name="explanation">What the API says about it.</param>
    public static AttemptFailure Withheld(string reason, string? explanation) =>
        new(FailureKind.ContentFiltered, CodecErrors.Trim($"The provider's content filter withheld the answer ({reason}){(string.IsNullOrWhiteSpace(explanation) ? "." : ": " + explanation)}"))
        {
            ErrorCode = reason,
        };
}
