namespace RouterGen.Tool.Top;

/// <summary>The names that a router publishes with its meter.</summary>
internal static class TopMetrics
{
    public const string Meter = "RouterGen";

    public const string RequestDuration = "gen_ai.client.operation.duration";
    public const string Tokens = "gen_ai.client.token.usage";
    public const string FirstChunk = "gen_ai.client.operation.time_to_first_chunk";
    public const string CallDuration = "routergen.call.duration";
    public const string Attempts = "routergen.attempts";
    public const string Failovers = "routergen.failovers";
    public const string Cooldowns = "routergen.cooldowns";
    public const string Cost = "routergen.cost";
    public const string QueueLength = "routergen.queue.length";
    public const string Headroom = "routergen.headroom";
    public const string InFlight = "routergen.in_flight";

    public const string GroupTag = "routergen.group";
    public const string DeploymentTag = "routergen.deployment";
    public const string OutcomeTag = "routergen.outcome";
    public const string ErrorTag = "error.type";
    public const string ProviderTag = "gen_ai.provider.name";
    public const string ModelTag = "gen_ai.request.model";
    public const string TokenTypeTag = "gen_ai.token.type";

    /// <summary>Whether an attempt with this outcome was without a fault.</summary>
    public static bool IsSuccess(string? outcome) => outcome is null or "answered";
}
