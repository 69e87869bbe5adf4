using System.Buffers;
using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>Writes errors as Anthropic does: https://platform.claude.com/docs/en/api/errors.</summary>
internal static class AnthropicErrorWriter
{
    public static void Write(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, EventText.Json);
        json.WriteStartObject();
        json.WriteString("type"u8, "error"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, TypeOf(error.Reason));
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
        json.WriteString("request_id"u8, requestId);
        json.WriteEndObject();
    }

    private static string TypeOf(ErrorReason reason) => reason switch
    {
        ErrorReason.Unauthorized => "authentication_error",
        ErrorReason.Forbidden => "permission_error",
        ErrorReason.NotFound => "not_found_error",
        ErrorReason.TooLarge => "request_too_large",
        ErrorReason.RateLimited or ErrorReason.QuotaExhausted or ErrorReason.BudgetExceeded => "rate_limit_error",
        ErrorReason.Overloaded => "overloaded_error",
        ErrorReason.Timeout => "timeout_error",
        ErrorReason.Upstream or ErrorReason.Internal => "api_error",
        _ => "invalid_request_error",
    };
}
