namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>Where the tests find a dialect: its provider's address and key, its deployment, and the groups with it.</summary>
/// <param name="Path">The provider's path on the server.</param>
/// <param name="AddressVariable">The variable with the provider's address.</param>
/// <param name="KeyVariable">The variable with its key.</param>
/// <param name="Key">The key.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="StreamError">What an error within a stream of its fake provider means.</param>
/// <param name="Answer">A whole answer, of <c>TEXT</c>, with three tokens in and two out.</param>
/// <param name="First">The group that asks the deployment first, and then another dialect's.</param>
/// <param name="Only">The group with the deployment alone.</param>
/// <param name="Once">The group that makes one attempt.</param>
/// <param name="Impatient">The group that waits 0.3 s for an answer or a first token, and then asks <c>rescue</c>.</param>
/// <param name="Restless">The group that makes one attempt and allows half a second of silence within a stream.</param>
/// <param name="Hasty">The group that has 1.5 s in all.</param>
internal sealed record Place(
    string Path, string AddressVariable, string KeyVariable, string Key, string Deployment, FailureKind StreamError, string Answer, Func<Fleet, ChatGroup> First, Func<Fleet, ChatGroup> Only, Func<Fleet, ChatGroup> Once,
    Func<Fleet, ChatGroup> Impatient, Func<Fleet, ChatGroup> Restless, Func<Fleet, ChatGroup> Hasty)
{
    private static readonly Dictionary<Dialect, Place> Places = new()
    {
        [Dialect.OpenAIChat] = new(
            "openai/v1", "OPENAI_BASE_URL", "OPENAI_API_KEY", "sk-openai-secret-4711", "openai/gpt-4o-mini", FailureKind.ServerError,
            """{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"TEXT"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
            static fleet => fleet.OpenaiFirst, static fleet => fleet.OpenaiOnly,
            static fleet => fleet.OpenaiOnce, static fleet => fleet.OpenaiImpatient, static fleet => fleet.OpenaiRestless, static fleet => fleet.OpenaiHasty),
        [Dialect.AnthropicMessages] = new(
            "anthropic", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "sk-anthropic-secret-0815", "anthropic/claude-haiku-4-5", FailureKind.Overloaded,
            """{"id":"c","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"TEXT"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":2}}""",
            static fleet => fleet.AnthropicFirst, static fleet => fleet.AnthropicOnly,
            static fleet => fleet.AnthropicOnce, static fleet => fleet.AnthropicImpatient, static fleet => fleet.AnthropicRestless, static fleet => fleet.AnthropicHasty),
        [Dialect.OpenAIResponses] = new(
            "responses/v1", "RESPONSES_BASE_URL", "RESPONSES_API_KEY", "sk-responses-secret-1138", "responses/gpt-5-mini", FailureKind.ServerError,
            """{"id":"c","object":"response","status":"completed","model":"m","output":[{"type":"message","content":[{"type":"output_text","text":"TEXT"}]}],"usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5}}""",
            static fleet => fleet.ResponsesFirst,
            static fleet => fleet.ResponsesOnly, static fleet => fleet.ResponsesOnce, static fleet => fleet.ResponsesImpatient, static fleet => fleet.ResponsesRestless, static fleet => fleet.ResponsesHasty),
        [Dialect.Gemini] = new(
            "gemini/v1beta", "GEMINI_BASE_URL", "GEMINI_API_KEY", "sk-gemini-secret-1509", "gemini/gemini-3.5-flash", FailureKind.Overloaded,
            """[{"candidates":[{"content":{"parts":[{"text":"TEXT"}]}}]},{"candidates":[{"content":{"parts":[]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2}}]""",
            static fleet => fleet.GeminiFirst, static fleet => fleet.GeminiOnly,
            static fleet => fleet.GeminiOnce, static fleet => fleet.GeminiImpatient, static fleet => fleet.GeminiRestless, static fleet => fleet.GeminiHasty),
        [Dialect.BedrockConverse] = new(
            "converse", "CONVERSE_BASE_URL", "CONVERSE_API_KEY", "sk-converse-secret-0042", "converse/anthropic.claude-haiku-4-5-20251001-v1:0", FailureKind.Overloaded,
            """{"output":{"message":{"role":"assistant","content":[{"text":"TEXT"}]}},"stopReason":"end_turn","usage":{"inputTokens":3,"outputTokens":2,"totalTokens":5}}""",
            static fleet => fleet.ConverseFirst, static fleet => fleet.ConverseOnly,
            static fleet => fleet.ConverseOnce, static fleet => fleet.ConverseImpatient, static fleet => fleet.ConverseRestless, static fleet => fleet.ConverseHasty),
        [Dialect.CohereChat] = new(
            "cohere-own/v2", "COHERE_BASE_URL", "COHERE_API_KEY", "co-cohere-secret-2342", "cohere-own/command", FailureKind.ServerError,
            """{"id":"c","message":{"role":"assistant","content":[{"type":"text","text":"TEXT"}]},"finish_reason":"COMPLETE","usage":{"billed_units":{"input_tokens":3,"output_tokens":2}}}""",
            static fleet => fleet.CohereFirst, static fleet => fleet.CohereOnly, static fleet => fleet.CohereOnce, static fleet => fleet.CohereImpatient, static fleet => fleet.CohereRestless, static fleet => fleet.CohereHasty),
        [Dialect.OllamaChat] = new(
            "ollama-own", "OLLAMA_BASE_URL", "OLLAMA_API_KEY", "ol-ollama-secret-5150", "ollama-own/llama", FailureKind.ServerError,
            """{"model":"m","message":{"role":"assistant","content":"TEXT"},"done":true,"done_reason":"stop","prompt_eval_count":3,"eval_count":2}""",
            static fleet => fleet.OllamaFirst, static fleet => fleet.OllamaOnly, static fleet => fleet.OllamaOnce, static fleet => fleet.OllamaImpatient, static fleet => fleet.OllamaRestless, static fleet => fleet.OllamaHasty),
    };

    public static IEnumerable<Place> All => Places.Values;

    public static Place Of(Dialect dialect) => Places[dialect];
}
