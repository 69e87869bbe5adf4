using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What Google says when it refuses a request, in whatever dialect it is asked: Gemini's own, OpenAI's, or Anthropic's.</summary>
[Embedded]
internal static class GoogleRefusals
{
    public static readonly CodecRefusal[] Rows =
    [
        // The key: no credit, no quota.
        new(FailureKind.QuotaExhausted) { Codes = "BILLING_DISABLED" },
        new(FailureKind.QuotaExhausted) { Statuses = "429", Phrases = ["^Your project has exceeded its", "^Your prepayment credits"] },
        new(FailureKind.QuotaExhausted) { Statuses = "429", Scope = FailureScope.Model, Codes = "*PerDay*" }, // Days are counted for each model.
        new(FailureKind.QuotaExhausted) { Statuses = "429", Scope = FailureScope.Model, Phrases = ["limit: 0,", "limit: 0$"] }, // The tier does not have the model.

        // The key: wrong, expired, blocked.
        new(FailureKind.AuthenticationFailed) { Codes = "API_KEY_INVALID API_KEY_EXPIRED ACCESS_TOKEN_EXPIRED" },
        new(FailureKind.AuthenticationFailed)
        {
            Statuses = "400 403",
            Phrases = ["^API key not valid", "^API key not found", "^API key expired", "^API key is", "^Your API key was reported", "^Method doesn't allow unregistered callers"],
        },
        new(FailureKind.PermissionDenied)
        {
            Scope = FailureScope.Key,
            Codes = "API_KEY_SERVICE_BLOCKED API_KEY_HTTP_REFERRER_BLOCKED API_KEY_IP_ADDRESS_BLOCKED CONSUMER_SUSPENDED SERVICE_DISABLED",
        },
        new(FailureKind.PermissionDenied) { Statuses = "400 403", Scope = FailureScope.Key, Phrases = ["^User location is not supported", "^Gemini API free tier is not available"] },

        // This request at this model: a member that it, or its version of the API, does not have.
        new(FailureKind.Unsupported) { Statuses = "400", Phrases = ["^Invalid JSON payload received. Unknown name"] },

        // The model. Vertex AI says with a 400 what a region does not serve, and what a project has not been given.
        new(FailureKind.ModelNotFound) { Statuses = "400 403 404 410 422", Phrases = ["^models/* is not found", "^Publisher Model", "^Project * is not allowed to use Publisher Model"] },
    ];
}
