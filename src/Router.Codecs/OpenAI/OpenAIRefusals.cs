using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What providers of this dialect say when they refuse a request; a new provider's word is one line.</summary>
[Embedded]
internal static class OpenAIRefusals
{
    public static readonly CodecRefusal[] Rows =
    [
        // Larger than a limit that no wait makes larger (Groq and OpenAI: tokens a minute of the tier). Ahead of its code, rate_limit_exceeded.
        new(FailureKind.Unsupported) { Statuses = "413 429", Phrases = ["^Request too large"] },

        // OpenRouter: what is left of the credit covers a smaller request.
        new(FailureKind.Unsupported) { Statuses = "402", Phrases = ["can only afford"] },

        .. GoogleRefusals.Rows,

        // The key: no credit, no quota.
        new(FailureKind.QuotaExhausted)
        {
            Codes = "insufficient_quota credit_balance_exhausted organization_spend_limit_exceeded project_spend_limit_exceeded organization_usage_limit_exceeded billing_hard_limit_reached billing_not_active"
                + " exceeded_current_quota_error insufficient_balance insufficient_credits insufficient_user_quota Arrearage AllocationQuota.FreeTierOnly credit_limit 1113",
        },
        new(FailureKind.QuotaExhausted) { Statuses = "400 403 429", Phrases = ["^Insufficient Balance", "^Insufficient credits", "^Key limit exceeded", "^Your account balance", "^Your newly created team", "^Your credit balance", "^You have exceeded your monthly"] },
        new(FailureKind.QuotaExhausted) { Statuses = "403 429", Phrases = ["used all available credits", "have any credits"] }, // xAI, behind the team's id
        new(FailureKind.QuotaExhausted) { Statuses = "412", Codes = "PRECONDITION_FAILED" }, // Fireworks, of a suspended account

        // The key: wrong, expired, blocked.
        new(FailureKind.AuthenticationFailed)
        {
            Codes = "invalid_api_key wrong_api_key InvalidApiKey invalid_authentication_error expired_api_key account_deactivated organization_restricted incorrect_hostname",
        },
        new(FailureKind.AuthenticationFailed)
        {
            Statuses = "400 403",
            Phrases = ["^Incorrect API key provided", "^Invalid API key", "^Your API key", "^No auth credentials"],
        },
        new(FailureKind.PermissionDenied)
        {
            Scope = FailureScope.Key,
            Codes = "unsupported_country_region_territory request_forbidden ip_not_authorized",
        },
        new(FailureKind.PermissionDenied) { Statuses = "401 403", Scope = FailureScope.Key, Codes = "PermissionDenied AuthenticationTypeDisabled" }, // Azure: the identity has no role there, or keys are switched off
        new(FailureKind.PermissionDenied) { Statuses = "400 403", Scope = FailureScope.Key, Phrases = ["^Access denied due to Virtual Network", "^Public access is disabled"] },

        // What the request says.
        new(FailureKind.ContentFiltered)
        {
            Codes = "content_filter content_policy_violation ResponsibleAIPolicyViolation data_inspection_failed DataInspectionFailed moderation_blocked invalid_prompt sensitive_content 1301",
        },
        new(FailureKind.ContentFiltered)
        {
            Statuses = "400 403 422",
            Phrases =
            [
                "^Content Exists Risk", "^Content violates usage guidelines", "^Your request was rejected as a result of our safety system", "^Invalid prompt: your prompt was flagged",
                "^The request was rejected because it was considered high risk", "^Input data may contain inappropriate content", "^Output data may contain inappropriate content", "^Input was flagged", "^Your input was flagged",
            ],
        },

        // The window.
        new(FailureKind.ContextWindowExceeded) { Codes = "context_length_exceeded exceed_context_size_error context_window_exceeded 1261" },

        // The model: unknown, retired, not for chat, out of reach.
        new(FailureKind.ModelNotFound)
        {
            Codes = "model_not_found DeploymentNotFound model_decommissioned invalid_model model_not_available model_not_supported unsupported_model unknown_model ModelNotFound unavailable_model resource_not_found_error OperationNotSupported 1211",
        },
        new(FailureKind.Unsupported) { Statuses = "404", Phrases = ["that support", "that can handle"] }, // OpenRouter: no endpoint of the model supports what this request needs
        new(FailureKind.ModelNotFound) { Statuses = "404", Phrases = ["^No endpoints found for"] }, // OpenRouter: the model has none at all
        new(FailureKind.Unsupported) { Statuses = "404", Phrases = ["^No endpoints", "^No allowed providers"] }, // OpenRouter: none that the account's or the request's policy allows
        new(FailureKind.ModelNotFound)
        {
            Statuses = "400 403 404 410 422",
            Phrases =
            [
                "^The model * does not exist", "^The model * not found", "^The model * has been", "^The model * is not available", "^Model not found", "^Model not exist", "^Model * does not exist", "^Model * not found", "^Model is not available",
                "^No such model", "^Invalid model: ", "^Invalid model name", "^Invalid model .", "^Unknown model", "^Unable to access model", "^Unable to access non-serverless model", "^The requested model * by any provider",
                "^This is not a chat model", "^This model is only supported in", "^This model has been", "not a valid model ID$",
            ],
        },

        // The request itself.
        new(FailureKind.InvalidRequest) { Codes = "invalid_request_message_order 3230 missing_required_parameter invalid_type json_invalid missing empty_array" },

        // This request at this model.
        new(FailureKind.Unsupported)
        {
            Codes = "unsupported_parameter unsupported_value unknown_parameter extra_forbidden invalid_function_call 3280 tool_use_failed json_validate_failed output_parse_failed invalid_json_schema invalid_function_parameters"
                + " *_above_max_value *_below_min_value *_above_max_length string_pattern_mismatch unsupported_image* tokens_limit_reached",
        },
        new(FailureKind.Unsupported) { Codes = "invalid_value invalid_parameter invalid_parameter_error literal_error enum less_than_equal greater_than_equal", NamesOption = true },
        new(FailureKind.Unsupported) { Statuses = "400 404 422", Phrases = ["^Tool call id was"] }, // Mistral
        new(FailureKind.Unsupported) { Codes = "previous_response_not_found invalid_encrypted_content" }, // Responses: what another account, or none, keeps
        new(FailureKind.Unsupported) { Statuses = "400 404", Phrases = ["^Item with id", "^Previous response with id", "was provided without its required"] },

        // The provider.
        new(FailureKind.Overloaded) { Codes = "server_is_overloaded overloaded_error engine_overloaded_error insufficient_system_resource" },
        new(FailureKind.RateLimited) { Codes = "rate_limit_exceeded slow_down rate_limit_reached_error" },
    ];
}
