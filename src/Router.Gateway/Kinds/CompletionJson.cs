using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Kinds;

/// <summary>Writes texts that go on as OpenAI does, whole and in pieces: https://platform.openai.com/docs/api-reference/completions/object.</summary>
internal static class CompletionJson
{
    /// <summary>Writes what was counted, as a piece without a text.</summary>
    public static void WriteCounts(Utf8JsonWriter json, UsageDetails? usage)
    {
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        WriteUsage(json, usage);
    }

    /// <summary>Writes what all answers and their pieces begin with.</summary>
    public static void WriteHead(Utf8JsonWriter json, string id, string model, DateTimeOffset now)
    {
        json.WriteString("id"u8, "cmpl-" + id);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, now.ToUnixTimeSeconds());
        json.WriteString("model"u8, model);
    }

    /// <summary>Writes a text, or a piece of one.</summary>
    public static void WriteChoice(Utf8JsonWriter json, string text, IReadOnlyList<TokenProbability> tokens, ChatFinishReason? reason)
    {
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteNumber("index"u8, 0);
        WriteProbabilities(json, tokens);
        json.WriteString("finish_reason"u8, reason is { } why ? why == ChatFinishReason.Length ? "length" : why == ChatFinishReason.ContentFilter ? "content_filter" : "stop" : null);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteProbabilities(Utf8JsonWriter json, IReadOnlyList<TokenProbability> tokens)
    {
        if (tokens.Count == 0)
        {
            json.WriteNull("logprobs"u8);
            return;
        }

        json.WriteStartObject("logprobs"u8);
        json.WriteStartArray("tokens"u8);
        foreach (TokenProbability token in tokens) json.WriteStringValue(token.Token);
        json.WriteEndArray();
        json.WriteStartArray("token_logprobs"u8);
        foreach (TokenProbability token in tokens)
        {
            if (token.LogProbability is { } probability) json.WriteNumberValue(probability);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
        json.WriteStartArray("top_logprobs"u8);
        foreach (TokenProbability token in tokens)
        {
            json.WriteStartObject();
            foreach ((string alternative, double probability) in token.Alternatives) json.WriteNumber(alternative, probability);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes what was counted.</summary>
    public static void WriteUsage(Utf8JsonWriter json, UsageDetails? usage)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens"u8, usage?.InputTokenCount ?? 0);
        json.WriteNumber("completion_tokens"u8, usage?.OutputTokenCount ?? 0);
        json.WriteNumber("total_tokens"u8, TokenTotals.Of(usage));
        json.WriteEndObject();
    }
}
