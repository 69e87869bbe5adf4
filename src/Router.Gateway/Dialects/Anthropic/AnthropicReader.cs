using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>
/// Reads a Messages request (https://platform.claude.com/docs/en/api/messages). What has a property in the framework's options goes there; what only
/// Claude has a meaning for goes among the additional properties, by the names that its codecs know; the rest is left out, and noted.
/// </summary>
internal static class AnthropicReader
{
    // What is read here, or says how the request is relayed.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "model", "messages", "system", "stream", "max_tokens", "temperature", "top_p", "top_k", "stop_sequences", "tools", "tool_choice", "mcp_servers", "thinking", "output_config",
        "output_format", "anthropic_version",
    };

    private static readonly HashSet<string> ForClaude = new(StringComparer.Ordinal) { "anthropic_beta", "cache_control", "container", "context_management", "inference_geo" };

    /// <summary>Reads a request.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static AttemptFailure? Read(RelayedRequest request, JsonElement body, out IReadOnlyList<ChatMessage> messages, out ChatOptions? options)
    {
        options = null;
        if (AnthropicMessageReader.Read(body, out messages) is { } failure) return failure;
        options = new ChatOptions
        {
            MaxOutputTokens = body.Limit("max_tokens"u8), // which Anthropic demands; a request to count tokens has none
            Temperature = body.Number("temperature"u8),
            TopP = body.Number("top_p"u8),
            TopK = (int?)body.Integer("top_k"u8),
            StopSequences = [.. body.Items("stop_sequences"u8).Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!)],
        };
        if (options.StopSequences.Count == 0) options.StopSequences = null;
        failure = AnthropicToolReader.Read(request, body, options) ?? ReadFormat(body, options);
        if (failure is not null) return failure;
        ReadThinking(body, options);
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (Known.Contains(member.Name) || member.Value.ValueKind is JsonValueKind.Null) continue;
            if (ForClaude.Contains(member.Name)) (options.AdditionalProperties ??= [])[member.Name] = member.Value;
            else request.NoteLeftOut(member.Name + ": left out");
        }

        return null;
    }

    private static AttemptFailure? ReadFormat(JsonElement body, ChatOptions options)
    {
        JsonElement format = body.Get("output_config"u8).Get("format"u8);
        if (format.ValueKind is JsonValueKind.Undefined) format = body.Get("output_format"u8);
        if (format.Text("type"u8) is not "json_schema") return null;
        if (format.Get("schema"u8) is not { ValueKind: JsonValueKind.Object } schema) return Fields.Invalid("output_config.format.schema", "must be an object");
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema);
        return null;
    }

    /// <summary>
    /// Reads how much the model is to think. A budget becomes the effort that codecs give it for; thinking that the model is left to decide on is
    /// as much as Claude does without a word of it, which is a high effort.
    /// </summary>
    private static void ReadThinking(JsonElement body, ChatOptions options)
    {
        JsonElement thinking = body.Get("thinking"u8);
        string? effort = body.Get("output_config"u8).Text("effort"u8);
        effort = thinking.Text("type"u8) switch
        {
            "disabled" => "none",
            "enabled" => effort ?? EffortOf(thinking.Integer("budget_tokens"u8)),
            "adaptive" => effort ?? "high",
            _ => effort,
        };
        if (effort is not null) (options.AdditionalProperties ??= [])["reasoning_effort"] = effort;
        if (thinking.Text("display"u8) is { } display) options.Reasoning = new ReasoningOptions { Output = display is "omitted" ? ReasoningOutput.None : ReasoningOutput.Summary };
    }

    private static string EffortOf(long? budget) => budget switch
    {
        null => "medium",
        < 2048 => "minimal",
        < 8192 => "low",
        < 16_384 => "medium",
        < 32_768 => "high",
        _ => "xhigh",
    };
}
