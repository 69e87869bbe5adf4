// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Arguments;
#else
namespace RouterGen;
#endif

/// <summary>
/// What a model group can state: a row for each property of <c>[ModelGroup]</c>. The parser, emitted definitions,
/// <c>Describe()</c>, overrides by configuration, LiteLLM's names, the JSON Schema and docs/settings.md come from it.
/// </summary>
internal static class GroupProperties
{
    public const double DefaultTimeoutSeconds = 600;
    public const double DefaultMaxWaitSeconds = 10;
    public const double DefaultConnectTimeoutSeconds = 10;
    public const double DefaultStreamIdleTimeoutSeconds = 60;
    public const double DefaultRetryBackoffSeconds = 0.2;
    public const double DefaultMaxRetryBackoffSeconds = 8;
    public const double DefaultMaxRetryAfterSeconds = 600;
    public const int DefaultMaxAnswerBytes = 64 * 1024 * 1024;
    public const double DefaultLatencyTtlSeconds = 60;
    public const double DefaultHedgeLimit = 0.05;
    public const int DefaultMaxQueueLength = 1000;
    public const BudgetPeriod DefaultBudgetPeriod = BudgetPeriod.Day;

    public static readonly DeclaredProperty Strategy =
        new("Strategy", DeclaredType.Strategy) { Target = "Strategy", IsAboutChoice = true, IsOverridable = true };

    public static readonly DeclaredProperty TimeoutSeconds = Seconds("TimeoutSeconds", "Timeout", "timeout {0} s") with { Default = DefaultTimeoutSeconds, IsOverridable = true };

    public static readonly DeclaredProperty MaxWaitSeconds = Seconds("MaxWaitSeconds", "MaxWait", "waits at most {0} s") with
    {
        Bounds = NumberBounds.SecondsOrNone,
        Default = DefaultMaxWaitSeconds,
        IsOverridable = true,
    };

    public static readonly DeclaredProperty MaxAttempts = new("MaxAttempts", DeclaredType.Integer)
    {
        Bounds = NumberBounds.Positive,
        Target = "MaxAttempts",
        Shown = "at most {0} attempts",
        IsOverridable = true,
    };

    public static readonly DeclaredProperty AttemptTimeoutSeconds = Seconds("AttemptTimeoutSeconds", "AttemptTimeout", "attempt timeout {0} s") with
    {
        IsOverridable = true,
        LiteLLM = [new(LiteLLMPart.Router, "timeout"), new(LiteLLMPart.Router, "request_timeout")],
    };

    public static readonly DeclaredProperty HedgeLimit = new("HedgeLimit", DeclaredType.Number)
    {
        Bounds = NumberBounds.Fraction,
        Unit = DeclaredUnit.Fraction,
        Default = DefaultHedgeLimit,
        Target = "HedgeLimit",
        Shown = "at most {0} of calls hedged",
        IsAboutChoice = true,
    };

    public static readonly DeclaredProperty Budget = new("Budget", DeclaredType.Number)
    {
        Bounds = NumberBounds.Budget,
        Unit = DeclaredUnit.Usd,
        Target = "Budget",
        Shown = "budget {0}",
        IsAboutChoice = true,
    };

    public static readonly DeclaredProperty Period = new("BudgetPeriod", DeclaredType.BudgetPeriod) { Default = DefaultBudgetPeriod, Target = "BudgetPeriod" };

    public static readonly DeclaredProperty LatencyProbes = AboutChoice("LatencyProbes", "latency probes");

    public static readonly DeclaredProperty PromptCacheAffinity = AboutChoice("PromptCacheAffinity", "prompt cache affinity");

    public static readonly DeclaredProperty Dimensions = new("Dimensions", DeclaredType.Integer) { Bounds = NumberBounds.Positive, Target = "Dimensions", Shown = "vectors of {0} numbers" };

    public static readonly DeclaredProperty AllowDifferentModels =
        new("AllowDifferentModels", DeclaredType.Boolean) { Default = false, Target = "AllowDifferentModels", Shown = "different embedding models" };

    /// <summary>All rows, in the order in which they are written.</summary>
    public static readonly DeclaredProperty[] All =
    [
        new("Name", DeclaredType.Text) { IsInJson = false },
        Strategy,
        new("Policy", DeclaredType.Type),
        new("Fallbacks", DeclaredType.Texts),
        new("ContextWindowFallbacks", DeclaredType.Texts),
        new("ContentPolicyFallbacks", DeclaredType.Texts),
        MaxAttempts,
        new("MaxRetries", DeclaredType.Integer) { Bounds = NumberBounds.NotNegative, Target = "MaxRetries", Shown = "at most {0} retries", IsOverridable = true },
        Seconds("RetryBackoffSeconds", "RetryBackoff", "first retry after {0} s") with
        {
            Bounds = NumberBounds.SecondsOrNone,
            Default = DefaultRetryBackoffSeconds,
            IsOverridable = true,
            LiteLLM = [new(LiteLLMPart.Router, "retry_after")],
        },
        Seconds("MaxRetryBackoffSeconds", "MaxRetryBackoff", "retries at most {0} s apart") with { Default = DefaultMaxRetryBackoffSeconds, IsOverridable = true },
        Seconds("MaxRetryAfterSeconds", "MaxRetryAfter", "Retry-After up to {0} s") with { Default = DefaultMaxRetryAfterSeconds, IsOverridable = true },
        TimeoutSeconds,
        MaxWaitSeconds,
        AttemptTimeoutSeconds,
        Seconds("ConnectTimeoutSeconds", "ConnectTimeout", "connect timeout {0} s") with { Default = DefaultConnectTimeoutSeconds, IsOverridable = true },
        Seconds("FirstTokenTimeoutSeconds", "FirstTokenTimeout", "first token timeout {0} s") with { IsOverridable = true, LiteLLM = [new(LiteLLMPart.Router, "stream_timeout")] },
        Seconds("StreamIdleTimeoutSeconds", "StreamIdleTimeout", "stream idle timeout {0} s") with { Default = DefaultStreamIdleTimeoutSeconds, IsOverridable = true },
        new("MaxAnswerBytes", DeclaredType.Integer)
        {
            Bounds = NumberBounds.Bytes,
            Default = DefaultMaxAnswerBytes,
            Target = "MaxAnswerBytes",
            Shown = "answers of at most {0} bytes",
            IsOverridable = true,
        },
        Seconds("CooldownSeconds", "Cooldown", "cooldown {0} s") with { IsOverridable = true, LiteLLM = [new(LiteLLMPart.Router, "cooldown_time")] },
        new("AllowedFails", DeclaredType.Integer)
        {
            Bounds = NumberBounds.NotNegative,
            Default = 0,
            Target = "AllowedFails",
            Shown = "{0} failures allowed",
            IsOverridable = true,
            LiteLLM = [new(LiteLLMPart.Router, "allowed_fails")],
        },
        Seconds("LatencyTtlSeconds", "LatencyTtl", "latencies hold {0} s") with
        {
            Default = DefaultLatencyTtlSeconds,
            IsAboutChoice = true,
            LiteLLM = [new(LiteLLMPart.StrategyArguments, "ttl")],
        },
        new("LatencyTolerance", DeclaredType.Number)
        {
            Bounds = NumberBounds.NotNegative,
            Unit = DeclaredUnit.Fraction,
            Default = 0,
            Target = "LatencyTolerance",
            Shown = "latency tolerance {0}",
            IsAboutChoice = true,
            LiteLLM = [new(LiteLLMPart.StrategyArguments, "lowest_latency_buffer")],
        },
        LatencyProbes,
        Budget,
        Period,
        new("Hedge", DeclaredType.Boolean) { Default = false },
        HedgeLimit,
        Seconds("HedgeDelaySeconds", "HedgeDelay", "hedged after {0} s") with { IsAboutChoice = true, IsOverridable = true },
        PromptCacheAffinity,
        new("MaxQueueLength", DeclaredType.Integer)
        {
            Bounds = NumberBounds.Positive,
            Default = DefaultMaxQueueLength,
            Target = "MaxQueueLength",
            Shown = "at most {0} calls waiting",
            IsAboutChoice = true,
        },
        Dimensions,
        AllowDifferentModels,
    ];

    private static DeclaredProperty Seconds(string name, string target, string shown) =>
        new(name, DeclaredType.Number) { Bounds = NumberBounds.Seconds, Unit = DeclaredUnit.Seconds, Target = target, Shown = shown };

    // What is done or not.
    private static DeclaredProperty AboutChoice(string name, string shown) =>
        new(name, DeclaredType.Boolean) { Default = false, Target = name, Shown = shown, IsAboutChoice = true };
}
