namespace RouterGen;

/// <summary>
/// The names of OpenTelemetry's conventions for generative AI, as their model files have them
/// (https://github.com/open-telemetry/semantic-conventions-genai/tree/main/model/gen-ai; a test compares), and the router's own.
/// </summary>
internal static class GenAI
{
    public const string Operation = "gen_ai.operation.name";
    public const string Provider = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string MaxTokens = "gen_ai.request.max_tokens";
    public const string Temperature = "gen_ai.request.temperature";
    public const string TopP = "gen_ai.request.top_p";
    public const string TopK = "gen_ai.request.top_k";
    public const string StopSequences = "gen_ai.request.stop_sequences";
    public const string FrequencyPenalty = "gen_ai.request.frequency_penalty";
    public const string PresencePenalty = "gen_ai.request.presence_penalty";
    public const string Seed = "gen_ai.request.seed";
    public const string Stream = "gen_ai.request.stream";
    public const string OutputType = "gen_ai.output.type";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string Dimensions = "gen_ai.embeddings.dimension.count";
    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseModel = "gen_ai.response.model";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string CacheCreationTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string InputMessages = "gen_ai.input.messages";
    public const string OutputMessages = "gen_ai.output.messages";
    public const string SystemInstructions = "gen_ai.system_instructions";
    public const string ToolDefinitions = "gen_ai.tool.definitions";
    public const string TokenType = "gen_ai.token.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";

    public const string Session = "session.id";
    public const string User = "user.id";
    public const string Group = "routergen.group";
    public const string Deployment = "routergen.deployment";
    public const string Outcome = "routergen.outcome";
    public const string Attempts = "routergen.attempts";
    public const string Attempt = "routergen.attempt";
    public const string Purpose = "routergen.purpose";
    public const string Cost = "routergen.cost";
    public const string CallId = "routergen.call.id";
    public const string LeftEarly = "routergen.left_early";
    public const string WaitReason = "routergen.wait.reason";
    public const string WaitSeconds = "routergen.wait.duration";
    public const string Tags = "routergen.tags";

    /// <summary>Returns the operation of a kind of call. Where the conventions have none, it is the name that Microsoft.Extensions.AI uses, or the kind's own.</summary>
    public static string OperationOf(CallKind kind) => kind switch
    {
        CallKind.Chat => "chat",
        CallKind.Embeddings => "embeddings",
        CallKind.Completion => "text_completion",
        CallKind.Images or CallKind.Transcription or CallKind.Speech => "generate_content",
        CallKind.Rerank => "rerank",
        _ => "moderation",
    };

    /// <summary>Returns the type of content that a kind of call yields; null where the caller's options decide, or the conventions have none.</summary>
    public static string? OutputTypeOf(CallKind kind) => kind switch
    {
        CallKind.Images => "image",
        CallKind.Speech => "speech",
        CallKind.Transcription => "text",
        _ => null,
    };

    /// <summary>Returns how an error is called: the failure's name in snake case, which has few values.</summary>
    public static string ErrorTypeOf(FailureKind kind) => kind switch
    {
        FailureKind.RateLimited => "rate_limited",
        FailureKind.QuotaExhausted => "quota_exhausted",
        FailureKind.Overloaded => "overloaded",
        FailureKind.ServerError => "server_error",
        FailureKind.Timeout => "timeout",
        FailureKind.ConnectionFailed => "connection_failed",
        FailureKind.InvalidResponse => "invalid_response",
        FailureKind.Redirected => "redirected",
        FailureKind.AuthenticationFailed => "authentication_failed",
        FailureKind.PermissionDenied => "permission_denied",
        FailureKind.ModelNotFound => "model_not_found",
        FailureKind.InvalidRequest => "invalid_request",
        FailureKind.ContextWindowExceeded => "context_window_exceeded",
        FailureKind.ContentFiltered => "content_filtered",
        FailureKind.Unsupported => "unsupported",
        FailureKind.NotConfigured => "not_configured",
        FailureKind.Superseded => "superseded",
        FailureKind.Canceled => "canceled",
        FailureKind.EmptyResponse => "empty_response",
        _ => "_OTHER",
    };
}
