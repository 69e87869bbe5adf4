using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// What Bedrock says when it refuses a request. The type of an error is in a header that is not read; a body has it at times, and the status
/// and the words tell as much.
/// </summary>
[Embedded]
internal static class BedrockRefusals
{
    public static readonly CodecRefusal[] Rows =
    [
        // The key.
        new(FailureKind.AuthenticationFailed)
        {
            Codes = "UnrecognizedClientException ExpiredTokenException ExpiredToken InvalidSignatureException IncompleteSignatureException MissingAuthenticationTokenException InvalidClientTokenId",
        },
        new(FailureKind.AuthenticationFailed)
        {
            Statuses = "400 401 403",
            Phrases =
            [
                "^The security token included", "^Authentication failed:", "^Bearer token has expired", "^API key has expired", "^Invalid API key", "^The request signature we calculated",
                "^Signature expired", "^Signature not yet current", "^Missing authentication token", "^Credential should be scoped",
            ],
        },
        new(FailureKind.QuotaExhausted) { Codes = "ServiceQuotaExceededException" },
        new(FailureKind.QuotaExhausted) { Statuses = "400 429", Phrases = ["^Your request exceeds the service quota"] },
        new(FailureKind.QuotaExhausted) { Scope = FailureScope.Model, Statuses = "429", Phrases = ["tokens per day", "requests per day"] }, // a quota of the model, not of the account

        // The model.
        new(FailureKind.Unsupported) { Statuses = "400 403", Phrases = ["did not allow prompt caching"] }, // some models refuse cache points
        new(FailureKind.PermissionDenied) { Statuses = "400 403", Phrases = ["^You don't have access to the model", "^Model access is denied", "^Your account is not authorized to invoke"] },
        new(FailureKind.PermissionDenied) { Statuses = "403", Phrases = ["is not authorized to perform"] },
        new(FailureKind.ModelNotFound)
        {
            Statuses = "400 403 404",
            Phrases =
            [
                "^The provided model identifier is invalid", "^Invocation of model ID * with on-demand throughput isn't supported", "^The provided model doesn't support on-demand", "^This model version has reached",
                "^Could not resolve the foundation model", "^Model not found", "^This action doesn't support the model", "^Access denied. This model is marked by provider as legacy",
            ],
        },
        new(FailureKind.ModelNotFound) { Codes = "ResourceNotFoundException" },
        new(FailureKind.Overloaded) { Codes = "ModelNotReadyException" },
        new(FailureKind.Overloaded) { Statuses = "429", Phrases = ["is not ready", "^The model is still"] },

        // What the request says.
        new(FailureKind.ContentFiltered) { Statuses = "400 403", Phrases = ["content filtering policy", "content filters"] },
        new(FailureKind.ContextWindowExceeded) { Statuses = "400", Phrases = ["too many input tokens", "input tokens exceed", "exceeds maximum length"] },

        // This request at this model: options, thoughts that another model had, what the history needs.
        new(FailureKind.Unsupported)
        {
            Statuses = "400",
            Phrases =
            [
                "`thinking`", "thinking block", "^thinking", "^output_config", "^temperature", "`temperature`", "^top_p", "^top_k", "^max_tokens", "^tool_choice", "maximum tokens you requested", "^malformed input request",
                "extraneous key", "extra inputs", "toolConfig field", "toolChoice", "image exceeds", "must end with a user message",
            ],
        },
    ];
}
