using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Why the model stopped.</summary>
[Embedded]
internal static class CohereStop
{
    private static readonly ChatFinishReason Failed = new("ERROR");
    private static readonly ChatFinishReason TimedOut = new("TIMEOUT");

    /// <summary>Reads the value of <c>finish_reason</c>.</summary>
    public static ChatFinishReason? Read(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        if (reader.ValueTextEquals("COMPLETE"u8) || reader.ValueTextEquals("STOP_SEQUENCE"u8)) return ChatFinishReason.Stop;
        if (reader.ValueTextEquals("TOOL_CALL"u8)) return ChatFinishReason.ToolCalls;
        if (reader.ValueTextEquals("MAX_TOKENS"u8) || reader.ValueTextEquals("ERROR_LIMIT"u8)) return ChatFinishReason.Length;
        if (reader.ValueTextEquals("ERROR_TOXIC"u8)) return ChatFinishReason.ContentFilter;
        return reader.GetString() is { } other && !string.IsNullOrWhiteSpace(other) ? new ChatFinishReason(other) : null;
    }

    /// <summary>Returns why a reason to have stopped means that the answer is not one; null where it does not.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="message">What the API says of it; null where nothing.</param>
    public static AttemptFailure? FailureOf(ChatFinishReason? reason, string? message)
    {
        if (reason == TimedOut) return new AttemptFailure(FailureKind.Timeout, message ?? "The provider ran out of time for the answer.") { ErrorCode = TimedOut.Value };
        if (reason != Failed) return null;
        AttemptFailure? said = message is null ? null : CohereErrors.Classify(null, message);
        return said is { IsUnrecognized: false } ? said : new AttemptFailure(FailureKind.ServerError, CodecErrors.Describe(null, message)) { ErrorCode = Failed.Value };
    }

    /// <summary>The failure of an answer of which the filter let nothing, or a part, through.</summary>
    public static AttemptFailure Filtered() => new(FailureKind.ContentFiltered, "The provider's content filter withheld the answer.") { ErrorCode = "ERROR_TOXIC" };
}
