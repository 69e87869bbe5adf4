using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>What whole messages and streams have in common.</summary>
internal static class AnthropicParts
{
    /// <summary>Returns the id of a message: the provider's, or one of the request's.</summary>
    public static string IdOf(string? answer, RelayedRequest request) => answer ?? "msg_" + request.Id.Replace(':', '_');

    /// <summary>Writes what a message begins with.</summary>
    public static void WriteHead(Utf8JsonWriter json, string id, string model)
    {
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("model"u8, model);
    }

    /// <summary>Writes what a call begins with.</summary>
    public static void WriteCallHead(Utf8JsonWriter json, FunctionCallContent call)
    {
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, CallIdOf(call.CallId));
        json.WriteString("name"u8, call.Name);
    }

    /// <summary>Writes the members of a block with state that means nothing to the client.</summary>
    public static void WriteRedacted(Utf8JsonWriter json, string state)
    {
        json.WriteString("type"u8, "redacted_thinking"u8);
        json.WriteString("data"u8, state);
    }

    /// <summary>Returns what a content is to a client as text; null where it is none.</summary>
    public static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        ErrorContent refusal when IsRefusal(refusal) => refusal.Message,
        DataContent data => $"[{data.MediaType}, not shown]", // A message has no block for what a model draws or says.
        _ => null,
    };

    /// <summary>Returns whether a content is a block of its own.</summary>
    public static bool IsBlock(AIContent content) => IsCall(content) || BlockOf(content) is not null;

    public static bool IsCall(AIContent content) => content is FunctionCallContent;

    public static bool IsRefusal(AIContent content) => content is ErrorContent { ErrorCode: "Refusal" };

    /// <summary>Returns the block that a content stands for as it came; null where it stands for none.</summary>
    public static JsonElement? BlockOf(AIContent content) =>
        content.AdditionalProperties is { } properties && properties.TryGetValue(AnthropicBlockReader.BlockProperty, out object? block) && block is JsonElement { ValueKind: JsonValueKind.Object } element
            ? element
            : null;

    /// <summary>Returns why the model stopped, as clients know it.</summary>
    public static string ReasonOf(ChatFinishReason? reason, bool calls, bool refusal) =>
        reason == ChatFinishReason.Length ? "max_tokens"
        : reason == ChatFinishReason.ContentFilter || refusal ? "refusal"
        : reason == new ChatFinishReason("pause_turn") ? "pause_turn"
        : calls ? "tool_use"
        : "end_turn";

    /// <summary>Writes the counts: those of the cache stand beside the input.</summary>
    public static void WriteUsage(Utf8JsonWriter json, UsageDetails? usage)
    {
        long read = usage?.CachedInputTokenCount ?? 0;
        long written = usage?.AdditionalCounts is { } counts && counts.TryGetValue(UsageCounts.CacheWrites, out long count) ? count : 0;
        json.WriteStartObject();
        json.WriteNumber("input_tokens"u8, Math.Max(0, (usage?.InputTokenCount ?? 0) - read - written));
        json.WriteNumber("cache_creation_input_tokens"u8, written);
        json.WriteNumber("cache_read_input_tokens"u8, read);
        json.WriteNumber("output_tokens"u8, usage?.OutputTokenCount ?? 0);
        json.WriteEndObject();
    }

    // Anthropic takes back no other characters, and the same conversation may go there next.
    private static string CallIdOf(string id) => string.Create(id.Length, id, static (output, id) =>
    {
        for (int i = 0; i < id.Length; i++) output[i] = char.IsAsciiLetterOrDigit(id[i]) || id[i] is '-' ? id[i] : '_';
    });
}
