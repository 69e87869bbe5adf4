using System.Buffers;
using System.Text.Json;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>Writes errors as OpenAI does: https://platform.openai.com/docs/guides/error-codes.</summary>
internal static class OpenAIErrorWriter
{
    public static void Write(GatewayError error, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, EventText.Json);
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, TypeOf(error.Reason));
        json.WriteString("param"u8, error.Parameter);
        json.WriteString("code"u8, error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Returns what OpenAI calls a kind of error.</summary>
    public static string TypeOf(ErrorReason reason) => reason switch
    {
        ErrorReason.Unauthorized => "authentication_error",
        ErrorReason.Forbidden => "permission_error",
        ErrorReason.RateLimited => "rate_limit_error",
        ErrorReason.QuotaExhausted => "insufficient_quota",
        ErrorReason.BudgetExceeded => "budget_exceeded", // LiteLLM's type
        ErrorReason.Overloaded => "service_unavailable_error",
        ErrorReason.Timeout => "timeout_error",
        ErrorReason.Upstream or ErrorReason.Internal => "server_error",
        _ => "invalid_request_error",
    };
}
