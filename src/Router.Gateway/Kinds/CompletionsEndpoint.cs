using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Kinds;

/// <summary>Texts that go on, or fill a gap: https://platform.openai.com/docs/api-reference/completions/create.</summary>
internal sealed class CompletionsEndpoint(KindServices services) : KindEndpoint<CompletionGroup>(services)
{
    private static readonly string[] Known =
    [
        "model", "prompt", "stream", "stream_options", "n", "max_tokens", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "suffix", "stop", "logprobs",
    ];

    private protected override async Task<GatewayError?> AnswerAsync(HttpContext context, CompletionGroup group, JsonElement request)
    {
        JsonElement[] prompts = request.Get("prompt"u8) is { ValueKind: JsonValueKind.String } one ? [one] : [.. request.Items("prompt"u8)];
        if (prompts is not [{ ValueKind: JsonValueKind.String } prompt]) return Invalid("prompt: must be one text.", "prompt");
        if (request.Integer("n"u8) is > 1) return Invalid("n: only one text can be asked for.", "n");
        CompletionOptions options = OptionsOf(request);
        if (request.Flag("stream"u8) is true)
        {
            bool wantsUsage = request.Get("stream_options"u8).Flag("include_usage"u8) is true;
            return await StreamAsync(context, group, group.StreamAsync(prompt.GetString()!, Routing(context), options, context.RequestAborted), new CompletionEvents(this, context.TraceIdentifier, group.Name, wantsUsage)).ConfigureAwait(false);
        }

        RoutedCompletion answer = await group.CompleteAsync(prompt.GetString()!, Routing(context), options, context.RequestAborted).ConfigureAwait(false);
        return await SendAsync(context, group, answer, json => WriteWhole(json, context.TraceIdentifier, answer)).ConfigureAwait(false);
    }

    private static CompletionOptions OptionsOf(JsonElement request) => new()
    {
        MaxOutputTokens = (int?)request.Integer("max_tokens"u8),
        Temperature = request.Number("temperature"u8),
        TopP = request.Number("top_p"u8),
        TopK = (int?)request.Integer("top_k"u8),
        FrequencyPenalty = request.Number("frequency_penalty"u8),
        PresencePenalty = request.Number("presence_penalty"u8),
        Seed = request.Integer("seed"u8),
        Suffix = request.Text("suffix"u8),
        LogProbabilities = (int?)request.Integer("logprobs"u8),
        StopSequences = request.Texts("stop"u8),
        AdditionalProperties = request.Others(Known),
    };

    private void WriteWhole(Utf8JsonWriter json, string id, RoutedCompletion answer)
    {
        json.WriteStartObject();
        WriteHead(json, id, answer.ModelUsed);
        WriteChoice(json, answer.Text, answer.Tokens, answer.FinishReason ?? ChatFinishReason.Stop);
        json.WritePropertyName("usage"u8);
        WriteUsage(json, answer.Usage);
        json.WriteEndObject();
    }

    /// <summary>Writes what was counted, as a piece without a text.</summary>
    public static void WriteCounts(Utf8JsonWriter json, UsageDetails? usage)
    {
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        WriteUsage(json, usage);
    }

    /// <summary>Writes what all answers and their pieces begin with.</summary>
    public void WriteHead(Utf8JsonWriter json, string id, string model)
    {
        json.WriteString("id"u8, "cmpl-" + id);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, Time.GetUtcNow().ToUnixTimeSeconds());
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

    private static void WriteUsage(Utf8JsonWriter json, UsageDetails? usage)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens"u8, usage?.InputTokenCount ?? 0);
        json.WriteNumber("completion_tokens"u8, usage?.OutputTokenCount ?? 0);
        json.WriteNumber("total_tokens"u8, TokenTotals.Of(usage));
        json.WriteEndObject();
    }
}
