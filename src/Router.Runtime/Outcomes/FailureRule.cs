namespace RouterGen;

/// <summary>What a failure does to the deployment that it happened on.</summary>
internal enum HealthEffect
{
    /// <summary>Nothing: the deployment is not to blame, and shows by its refusal that it works.</summary>
    None,

    /// <summary>Nothing at all: it was not asked.</summary>
    NotAsked,

    /// <summary>It cools down as long as the provider asks.</summary>
    CoolAsAsked,

    /// <summary>It counts toward the breaker; the cooldown grows with each failure in a row.</summary>
    Count,

    /// <summary>It cools for minutes: no short wait will cure it.</summary>
    CoolLong,
}

/// <summary>Which groups take over when a group cannot answer.</summary>
internal enum FallbackList
{
    /// <summary>None: the call fails.</summary>
    None,

    /// <summary>The groups of <see cref="ModelGroupAttribute.Fallbacks"/>.</summary>
    General,

    /// <summary>The groups of <see cref="ModelGroupAttribute.ContextWindowFallbacks"/>.</summary>
    ContextWindow,

    /// <summary>The groups of <see cref="ModelGroupAttribute.ContentPolicyFallbacks"/>.</summary>
    ContentPolicy,
}

/// <summary>What follows from a failure. The whole of failover is this table.</summary>
/// <param name="TryAnother">Whether another deployment of the group may do better.</param>
/// <param name="RetrySame">Whether the same deployment may do better later, once no other is left.</param>
/// <param name="Fallback">The groups that take over when the group is exhausted.</param>
/// <param name="Effect">What it does to the deployment.</param>
/// <param name="LoggedAsError">Whether a person must act: logged as an error, not a warning.</param>
/// <param name="DependsOnKey">Whether another key may do better: where the caller brought the key, nothing is wrong with the deployment.</param>
/// <param name="Scope">What the failure is about, where the failure does not say it itself.</param>
internal readonly record struct FailureRule(
    bool TryAnother, bool RetrySame, FallbackList Fallback, HealthEffect Effect, bool LoggedAsError, bool DependsOnKey, FailureScope Scope)
{
    private static readonly FailureRule[] Table = CreateTable();

    public static ref readonly FailureRule For(FailureKind kind) => ref Table[(int)kind];

    private static FailureRule[] CreateTable()
    {
        var table = new FailureRule[(int)FailureKind.EmptyResponse + 1];
        void Set(FailureKind kind, FailureScope scope, bool another, bool same, FallbackList fallback, HealthEffect effect, bool error = false, bool key = false) =>
            table[(int)kind] = new FailureRule(another, same, fallback, effect, error, key, scope);

        //  outcome                           is about                     another  same   group fallback            effect on the deployment
        Set(FailureKind.RateLimited,           FailureScope.Model,          true,  true,  FallbackList.General,       HealthEffect.CoolAsAsked, key: true);
        Set(FailureKind.QuotaExhausted,        FailureScope.Key,            true,  false, FallbackList.General,       HealthEffect.CoolLong, error: true, key: true);
        Set(FailureKind.Overloaded,            FailureScope.Provider,       true,  true,  FallbackList.General,       HealthEffect.Count);
        Set(FailureKind.ServerError,           FailureScope.Provider,       true,  true,  FallbackList.General,       HealthEffect.Count);
        Set(FailureKind.Timeout,               FailureScope.Provider,       true,  true,  FallbackList.General,       HealthEffect.Count);
        Set(FailureKind.ConnectionFailed,      FailureScope.Provider,       true,  true,  FallbackList.General,       HealthEffect.Count);
        Set(FailureKind.InvalidResponse,       FailureScope.Provider,       true,  true,  FallbackList.General,       HealthEffect.Count);
        Set(FailureKind.Redirected,            FailureScope.Provider,       true,  false, FallbackList.General,       HealthEffect.Count, error: true); // the endpoint must be corrected, or a proxy on the way redirects for a while
        Set(FailureKind.AuthenticationFailed,  FailureScope.Key,            true,  false, FallbackList.General,       HealthEffect.CoolLong, error: true, key: true);
        Set(FailureKind.PermissionDenied,      FailureScope.Model,          true,  false, FallbackList.General,       HealthEffect.CoolLong, error: true, key: true); // a row may say that it is about the whole key
        Set(FailureKind.ModelNotFound,         FailureScope.Model,          true,  false, FallbackList.General,       HealthEffect.CoolLong, error: true, key: true); // providers also say it to a key that may not use the model
        Set(FailureKind.InvalidRequest,        FailureScope.Request,        false, false, FallbackList.None,          HealthEffect.None);
        Set(FailureKind.ContextWindowExceeded, FailureScope.RequestAtModel, true,  false, FallbackList.ContextWindow, HealthEffect.None); // another: only with a window that is larger or not known
        Set(FailureKind.ContentFiltered,       FailureScope.Content,        false, false, FallbackList.ContentPolicy, HealthEffect.None);
        Set(FailureKind.Unsupported,           FailureScope.RequestAtModel, true,  false, FallbackList.General,       HealthEffect.None);
        Set(FailureKind.NotConfigured,         FailureScope.None,           true,  false, FallbackList.General,       HealthEffect.NotAsked);
        Set(FailureKind.Superseded,            FailureScope.None,           false, false, FallbackList.None,          HealthEffect.None);
        Set(FailureKind.Canceled,              FailureScope.None,           false, false, FallbackList.None,          HealthEffect.None);
        Set(FailureKind.EmptyResponse,         FailureScope.RequestAtModel, true,  false, FallbackList.General,       HealthEffect.None); // handed on where no other deployment is left
        return table;
    }
}
