using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Why the model stopped.</summary>
[Embedded]
internal readonly struct ConverseStop
{
    private ConverseStop(string? said, ChatFinishReason? reason)
    {
        Said = said;
        Reason = reason;
    }

    /// <summary>What the API says, where that makes the answer less than one; else null.</summary>
    private string? Said { get; }

    /// <summary>Gets why the model stopped; null where it did not say.</summary>
    public ChatFinishReason? Reason { get; }

    /// <summary>Gets whether a guardrail or a filter withheld the answer, or what was left of it.</summary>
    public bool IsFiltered => Reason == ChatFinishReason.ContentFilter;

    /// <summary>Reads the value of <c>stopReason</c>.</summary>
    public static ConverseStop Read(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return default;
        }

        if (reader.ValueTextEquals("end_turn"u8) || reader.ValueTextEquals("stop_sequence"u8)) return new(null, ChatFinishReason.Stop);
        if (reader.ValueTextEquals("tool_use"u8)) return new(null, ChatFinishReason.ToolCalls);
        if (reader.ValueTextEquals("max_tokens"u8) || reader.ValueTextEquals("model_context_window_exceeded"u8)) return new(null, ChatFinishReason.Length);
        string? other = reader.GetString();
        return other switch
        {
            "guardrail_intervened" or "content_filtered" or "refusal" => new(other, ChatFinishReason.ContentFilter),
            _ => string.IsNullOrWhiteSpace(other) ? default : new(other, new ChatFinishReason(other)),
        };
    }

    /// <summary>Returns why the answer is none, or only what a filter left of one; null where it is one.</summary>
    public AttemptFailure? ToFailure() => Said switch
    {
        "malformed_model_output" => CodecJson.Malformed("The model's output was malformed."),
        "malformed_tool_use" => CodecJson.Malformed("The model wrote a tool call that is malformed."),
        "guardrail_intervened" => new(FailureKind.ContentFiltered, "A guardrail withheld the answer.") { ErrorCode = Said },
        "content_filtered" => new(FailureKind.ContentFiltered, "A content filter withheld the answer.") { ErrorCode = Said },
        "refusal" => new(FailureKind.ContentFiltered, "The model refused to answer.") { ErrorCode = Said },
        _ => null,
    };
}
