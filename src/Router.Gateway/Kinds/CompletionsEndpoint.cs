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
            return await StreamAsync(context, group, group.StreamAsync(prompt.GetString()!, Routing(context), options, context.RequestAborted), new CompletionEvents(context.TraceIdentifier, group.Name, wantsUsage, Time)).ConfigureAwait(false);
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
        CompletionJson.WriteHead(json, id, answer.ModelUsed, Time.GetUtcNow());
        CompletionJson.WriteChoice(json, answer.Text, answer.Tokens, answer.FinishReason ?? ChatFinishReason.Stop);
        json.WritePropertyName("usage"u8);
        CompletionJson.WriteUsage(json, answer.Usage);
        json.WriteEndObject();
    }
}
