namespace RouterGen.Gateway.Errors;

/// <summary>What a client is told where no deployment could answer: one row for each kind of failure.</summary>
internal static class RoutingErrors
{
    // What is wrong between gateway and provider is no fault of the client's: its key was right, whatever the provider says of ours.
    private static readonly Dictionary<FailureKind, (int Status, ErrorReason Reason)> Rows = new()
    {
        [FailureKind.RateLimited] = (429, ErrorReason.RateLimited),
        [FailureKind.QuotaExhausted] = (429, ErrorReason.QuotaExhausted),
        [FailureKind.Overloaded] = (503, ErrorReason.Overloaded),
        [FailureKind.ServerError] = (502, ErrorReason.Upstream),
        [FailureKind.Timeout] = (504, ErrorReason.Timeout),
        [FailureKind.ConnectionFailed] = (502, ErrorReason.Upstream),
        [FailureKind.InvalidResponse] = (502, ErrorReason.Upstream),
        [FailureKind.Redirected] = (502, ErrorReason.Upstream),
        [FailureKind.AuthenticationFailed] = (502, ErrorReason.Upstream),
        [FailureKind.PermissionDenied] = (502, ErrorReason.Upstream),
        [FailureKind.ModelNotFound] = (502, ErrorReason.Upstream),
        [FailureKind.InvalidRequest] = (400, ErrorReason.InvalidRequest),
        [FailureKind.ContextWindowExceeded] = (400, ErrorReason.ContextWindow),
        [FailureKind.ContentFiltered] = (400, ErrorReason.ContentFilter),
        [FailureKind.Unsupported] = (400, ErrorReason.InvalidRequest),
        [FailureKind.NotConfigured] = (503, ErrorReason.Upstream),
    };

    /// <summary>Returns what a client is told of a call that failed.</summary>
    public static GatewayError Of(RoutingException exception) => Of(exception.Kind, exception.Message) with { RetryAfter = exception.RetryAfter, WasRetried = true };

    /// <summary>Returns what a client is told of a request that no deployment is asked for.</summary>
    public static GatewayError Of(FailureKind kind, string message)
    {
        (int status, ErrorReason reason) = Rows.GetValueOrDefault(kind, (500, ErrorReason.Internal));
        return new GatewayError(status, reason, message) { Code = CodeOf(kind) };
    }

    private static string? CodeOf(FailureKind kind) => kind switch
    {
        FailureKind.ContextWindowExceeded => "context_length_exceeded",
        FailureKind.ContentFiltered => "content_filter",
        FailureKind.RateLimited => "rate_limit_exceeded",
        FailureKind.QuotaExhausted => "insufficient_quota",
        _ => null,
    };
}
