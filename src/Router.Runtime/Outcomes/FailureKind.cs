namespace RouterGen;

/// <summary>Why an attempt, or a whole call, failed. What follows from each is one row of <see cref="FailureRule"/>.</summary>
public enum FailureKind
{
    /// <summary>It did not fail.</summary>
    None = 0,

    /// <summary>The provider refuses more requests for now (429).</summary>
    RateLimited,

    /// <summary>The account's quota, credit or spend limit is used up (402, and 429 that no wait will cure), or a declared budget is.</summary>
    QuotaExhausted,

    /// <summary>The provider says that it is overloaded (503, 529, or a code that says so).</summary>
    Overloaded,

    /// <summary>The provider failed (500, 502 and other 5xx).</summary>
    ServerError,

    /// <summary>No answer, no first content, or no next content in time.</summary>
    Timeout,

    /// <summary>The connection could not be made, or broke (refused, reset, name not resolved, TLS).</summary>
    ConnectionFailed,

    /// <summary>The answer is not one: malformed, truncated, of the wrong type, too large, or an error inside a success.</summary>
    InvalidResponse,

    /// <summary>The deployment answered with a redirect (3xx), which is not followed, or the transport followed one to another host.</summary>
    Redirected,

    /// <summary>The key is missing, wrong, expired or blocked (401, and what some providers say with another status).</summary>
    AuthenticationFailed,

    /// <summary>The key is known, but may not do this (403).</summary>
    PermissionDenied,

    /// <summary>The provider has no such model, or no such path (404).</summary>
    ModelNotFound,

    /// <summary>The provider rejects the request as it is (400, 422): no other deployment would take it.</summary>
    InvalidRequest,

    /// <summary>The request is larger than the model's context window.</summary>
    ContextWindowExceeded,

    /// <summary>A content filter refused the request or withheld the answer.</summary>
    ContentFiltered,

    /// <summary>
    /// The request does not fit this deployment, and may fit another one: its provider refuses a parameter, a value, a
    /// content, a tool or the size for this model; or its dialect cannot express the request, or no deployment meets what
    /// the caller demands (a tag, a region, a name), and then nothing was sent.
    /// </summary>
    Unsupported,

    /// <summary>The deployment cannot be used: its key or endpoint is missing or malformed, or it was taken out of service; nothing was sent.</summary>
    NotConfigured,

    /// <summary>It was cancelled because another deployment, asked beside it, answered first. Only attempts end so, no call.</summary>
    Superseded,

    /// <summary>It was under way when the caller cancelled the call. Only attempts end so: the call throws a <see cref="RoutingCanceledException"/>.</summary>
    Canceled,

    /// <summary>The answer is complete and holds nothing: no text, call, thought, media or refusal. Only attempts end so, no call.</summary>
    EmptyResponse,
}
