using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What providers of this dialect say when they refuse a request. One type, <c>invalid_request_error</c>, stands for much: there the words decide.</summary>
[Embedded]
internal static class AnthropicRefusals
{
    public static readonly CodecRefusal[] Rows =
    [
        // The key.
        new(FailureKind.QuotaExhausted) { Codes = "billing_error enforced_spend_limit_reached insufficient_quota insufficient_balance" },
        new(FailureKind.QuotaExhausted) { Statuses = "400 403 429", Phrases = ["^Your credit balance is too low", "^You have reached your specified", "^Insufficient Balance"] },
        new(FailureKind.AuthenticationFailed) { Statuses = "400 403", Phrases = ["^This organization has been disabled", "^Your organization has been disabled", "^Invalid API key"] },

        // What the request says.
        new(FailureKind.ContentFiltered) { Statuses = "400 403", Phrases = ["content filtering policy", "^Content Exists Risk"] },

        // A limit that no wait makes larger.
        new(FailureKind.Unsupported) { Statuses = "429", Phrases = ["^Extra usage is required for long context", "^Request too large"] },

        // The model.
        new(FailureKind.ModelNotFound) { Statuses = "400 403 404", Phrases = ["^model:", "^Model not exist", "^Model * not found", "^The model * does not exist"] },

        // This request at this model: thoughts that another model had, options, what the history needs.
        new(FailureKind.InvalidRequest) { Statuses = "400", Phrases = ["field required"] },
        new(FailureKind.Unsupported)
        {
            Statuses = "400 413 422",
            Phrases =
            [
                "`thinking`", "thinking block", "redacted_thinking", "^thinking", "^output_config", "^output_format", "^temperature", "^`temperature`", "^top_p", "^top_k", "^tool_choice", "^max_tokens", "^service_tier", "^context_management",
                "input_schema", "must define tools", "extra inputs", "exceeds 5 mb", "maximum of", "not yet available", "must be passed back",
            ],
        },
    ];
}
