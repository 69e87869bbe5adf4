using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// The additional properties that each dialect has a meaning for. One that other dialects have, and the request's own has not, is left out
/// and noted, so that a call which was made with one of them in mind can go on elsewhere: most APIs refuse a member that they do not know.
/// A name that no dialect has is sent as it is, since servers have members of their own. A name stands in the row of each dialect that
/// has a meaning for it, also where the dialect writes it by another name (<c>max_tokens</c>).
/// </summary>
[Embedded]
internal static class CodecExtras
{
    private static readonly (Dialect Dialect, string[] Names)[] Table =
    [
        (Dialect.OpenAIChat,
        [
            "audio", "documents", "frequency_penalty", "function_call", "functions", "logit_bias", "logprobs", "max_completion_tokens", "max_tokens", "metadata", "min_p", "modalities", "n",
            "parallel_tool_calls", "prediction", "presence_penalty", "prompt_cache_key", "prompt_cache_retention", "random_seed", "reasoning", "reasoning_effort", "repetition_penalty",
            "response_format", "safe_prompt", "safety_identifier", "seed", "service_tier", "stop", "store", "stream_options", "thinking", "top_k", "top_logprobs", "top_p", "user",
            "verbosity", "web_search_options",
        ]),
        (Dialect.OpenAIResponses,
        [
            "background", "conversation", "include", "instructions", "max_completion_tokens", "max_output_tokens", "max_tokens", "max_tool_calls", "metadata", "parallel_tool_calls",
            "previous_response_id", "prompt", "prompt_cache_key", "prompt_cache_retention", "reasoning", "reasoning_effort", "safety_identifier", "service_tier", "store", "stream_options",
            "text", "top_logprobs", "top_p", "truncation", "user", "verbosity",
        ]),
        (Dialect.AnthropicMessages,
        [
            "anthropic_beta", "anthropic_version", "cache_control", "container", "context_management", "inference_geo", "max_tokens", "mcp_servers", "metadata", "output_config",
            "service_tier", "stop_sequences", "system", "thinking", "top_k", "top_p",
        ]),
        (Dialect.Gemini,
        [
            "cachedContent", "candidateCount", "frequencyPenalty", "generationConfig", "imageConfig", "logprobs", "maxOutputTokens", "max_completion_tokens", "max_tokens", "mediaResolution",
            "presencePenalty", "responseJsonSchema", "responseLogprobs", "responseMimeType", "responseModalities", "responseSchema", "safetySettings", "seed", "serviceTier", "service_tier",
            "speechConfig", "stopSequences", "systemInstruction", "thinkingConfig", "toolConfig", "topK", "topP",
        ]),

        // What Claude takes at Anthropic goes to the model here too.
        (Dialect.BedrockConverse,
        [
            "additionalModelRequestFields", "additionalModelResponseFieldPaths", "anthropic_beta", "anthropic_version", "cache_control", "container", "context_management", "guardrailConfig",
            "inferenceConfig", "inference_geo", "max_tokens", "mcp_servers", "metadata", "outputConfig", "output_config", "performanceConfig", "promptVariables", "requestMetadata",
            "serviceTier", "service_tier", "stop_sequences", "system", "thinking", "toolConfig", "top_k", "top_p",
        ]),
        (Dialect.CohereChat,
        [
            "citation_options", "documents", "frequency_penalty", "k", "logprobs", "max_tokens", "p", "presence_penalty", "response_format", "safety_mode", "seed", "stop_sequences",
            "strict_tools", "thinking",
        ]),
        (Dialect.OllamaChat,
        [
            "format", "frequency_penalty", "keep_alive", "logprobs", "min_p", "num_ctx", "num_predict", "options", "presence_penalty", "seed", "shift", "stop", "think", "top_k",
            "top_logprobs", "top_p", "truncate",
        ]),
    ];

    /// <summary>Returns whether an additional property has a meaning in other dialects, and none in this one.</summary>
    public static bool IsForeign(string name, Dialect own)
    {
        bool isForeign = false;
        foreach ((Dialect dialect, string[] names) in Table)
        {
            if (Array.IndexOf(names, name) < 0) continue;
            if (dialect == own) return false;
            isForeign = true;
        }

        return isForeign;
    }

    /// <summary>Returns whether an additional property is sent as far as its name is concerned, and notes one that is foreign.</summary>
    public static bool Grant(RequestWriter body, string name, Dialect own) => CodecWishes.Grant(body, name, wished: true, taken: !IsForeign(name, own));

    /// <summary>Returns the names that a dialect has a meaning for.</summary>
    public static string[] NamesOf(Dialect dialect) => Array.Find(Table, row => row.Dialect == dialect).Names ?? [];
}
