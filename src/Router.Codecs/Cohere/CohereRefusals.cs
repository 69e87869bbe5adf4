using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What Cohere says when it refuses a request (https://docs.cohere.com/reference/errors). It has words only.</summary>
[Embedded]
internal static class CohereRefusals
{
    public static readonly CodecRefusal[] Rows =
    [
        // A trial key's calls of the month are used up. Its calls of the minute, in the same sentence, come back.
        new(FailureKind.QuotaExhausted) { Statuses = "429", Phrases = ["API calls / month", "monthly"] },
        new(FailureKind.QuotaExhausted) { Statuses = "400 403 429", Phrases = ["^Please add or update your payment method"] },
        new(FailureKind.AuthenticationFailed) { Statuses = "400 403", Phrases = ["^invalid api token", "^no api key supplied"] },

        // A token that is on a list of those that are denied, in the prompt or in the answer.
        new(FailureKind.ContentFiltered) { Statuses = "498" },

        // The request's own limit on its answer, ahead of what says the same of prompts.
        new(FailureKind.Unsupported) { Statuses = "400 422", Phrases = ["^too many tokens: max tokens"] },
        new(FailureKind.ContextWindowExceeded) { Statuses = "400 422", Phrases = ["^too many tokens"] },

        new(FailureKind.ModelNotFound) { Statuses = "400 404", Phrases = ["^model * not found", "^finetuned model with name", "^model * was removed"] },

        // What is wrong with the conversation is wrong everywhere.
        new(FailureKind.InvalidRequest)
        {
            Statuses = "400 422",
            Phrases = ["must be at least 1 token long", "must not be empty", "^tool call id", "^cannot have duplicate tool ids", "^invalid json syntax"],
        },

        // This request at this model: bounds, and what goes together.
        new(FailureKind.Unsupported)
        {
            Statuses = "400 422",
            Phrases =
            [
                "must be between", "cannot specify both", "^invalid request: only one of", "^invalid request: tool names", "must have at least", "^schema must be", "^required field name", "^property * must have a type",
                "is not a valid field", "is not ready for serving", "^a model parameter", "is not compatible with",
            ],
        },
    ];
}
