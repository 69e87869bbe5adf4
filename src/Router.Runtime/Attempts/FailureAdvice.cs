namespace RouterGen;

/// <summary>What can be done about a failure that no router can cure; the last line of an exception's message.</summary>
internal static class FailureAdvice
{
    /// <summary>Returns one sentence; null where there is nothing to do but to try again.</summary>
    public static string? For(FailureKind kind) => kind switch
    {
        FailureKind.AuthenticationFailed => "Check the key of the deployment: the provider does not accept it.",
        FailureKind.PermissionDenied => "Check what the key may do at the provider: its models, scopes, region and addresses.",
        FailureKind.QuotaExhausted => "Check credit, quota and spend limits of the key at the provider, and the Budget of the deployment.",
        FailureKind.ModelNotFound => "Check the model's name and whether it is retired, and the endpoint of the deployment.",
        FailureKind.Redirected => "Check the endpoint of the deployment: it must be the address that answers, not one that redirects there.",
        FailureKind.InvalidRequest => "Correct the request: no other deployment was asked, because each would refuse it.",
        FailureKind.ContextWindowExceeded => "Shorten the request, or add a deployment with a larger context window (ContextWindowFallbacks).",
        FailureKind.ContentFiltered => "Change what the request says, or add groups with another filter (ContentPolicyFallbacks).",
        FailureKind.Unsupported => "Leave out what these deployments do not take, or add a deployment that takes it.",
        _ => null,
    };
}
