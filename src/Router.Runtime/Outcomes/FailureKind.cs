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

    /// <summary>The provider is overloaded or broken (5xx, 529).</summary>
    Overloaded,

    /// <summary>No answer, no first content, or no next content in time.</summary>
    Timeout,

    /// <summary>The connection could not be made, or broke (refused, reset, name not resolved, TLS).</summary>
    ConnectionFailed,

    /// <summary>The answer is not one: malformed, truncated, of the wrong type, too large, or an error inside a success.</summary>
    InvalidResponse,

    /// <summary>The key is wrong, or may not do this (401, 403).</summary>
    AuthenticationFailed,

    /// <summary>The provider has no such model, or no such path (404).</summary>
    ModelNotFound,

    /// <summary>The provider rejects the request as it is (400, 413, 422).</summary>
    InvalidRequest,

    /// <summary>The request is larger than the model's context window.</summary>
    ContextWindowExceeded,

    /// <summary>A content filter refused the request or withheld the answer.</summary>
    ContentFiltered,

    /// <summary>
    /// The deployment's dialect has no way to say what the request holds, or no deployment is what the caller demands (a tag,
    /// a region, a name); nothing was sent.
    /// </summary>
    Unsupported,

    /// <summary>The deployment cannot be used: its key or endpoint is missing or malformed, or it was taken out of service; nothing was sent.</summary>
    NotConfigured,

    /// <summary>It was cancelled because another deployment, asked beside it, answered first. Only attempts end so, no call.</summary>
    Superseded,
}
