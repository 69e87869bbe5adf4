namespace RouterGen;

/// <summary>
/// Declares a model group on a partial class: a name, and the deployments (<see cref="DeploymentAttribute"/>)
/// that can serve it. The generator adds an accessor for the group to the class: <c>"claude-fast"</c>
/// becomes <c>ClaudeFast</c>.
/// </summary>
/// <param name="name">The group's name. Any non-empty text; unique within the class.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ModelGroupAttribute(string name) : Attribute
{
    /// <summary>Gets the group's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Gets or sets how a deployment is chosen among those that can take a call. Unset: <see cref="RoutingStrategy.Weighted"/> where a
    /// deployment of the group states a weight, else <see cref="RoutingStrategy.Adaptive"/>.
    /// </summary>
    public RoutingStrategy Strategy { get; set; }

    /// <summary>
    /// Gets or sets a type of one's own that chooses instead of <see cref="Strategy"/>: it derives from <see cref="SelectionPolicy"/> and
    /// has a constructor without parameters that the class with the group can call.
    /// </summary>
    public Type? Policy { get; set; }

    /// <summary>
    /// Gets or sets the names of groups of the same class that are tried, in this order, when no deployment of this group can answer.
    /// Each is visited once in a call.
    /// </summary>
    public string[] Fallbacks { get; set; } = [];

    /// <summary>Gets or sets the groups that are tried when the request exceeds the context window of this group's deployments.</summary>
    public string[] ContextWindowFallbacks { get; set; } = [];

    /// <summary>Gets or sets the groups that are tried when a provider's content filter refuses the request.</summary>
    public string[] ContentPolicyFallbacks { get; set; } = [];

    /// <summary>
    /// Gets or sets the most attempts that one call may make, over all deployments and fallback groups; 1 or more.
    /// Unset: each deployment once, and then two more, or as many as <see cref="MaxRetries"/> says.
    /// </summary>
    public int MaxAttempts { get; set; }

    /// <summary>
    /// Gets or sets how often one call may ask deployments again that have failed it, over all of them; 0 or more, and 0 is never.
    /// <see cref="MaxAttempts"/> and the retry budget hold too. Unset: as often as <see cref="MaxAttempts"/> allows.
    /// </summary>
    public int MaxRetries { get; set; }

    /// <summary>
    /// Gets or sets the pause in seconds before a call asks a deployment again that has failed it, the first time; 0 or more, and 0 is
    /// none. It doubles with each further time, jittered. Another deployment is asked without a pause. Default 0.2.
    /// </summary>
    public double RetryBackoffSeconds { get; set; } = GroupProperties.DefaultRetryBackoffSeconds;

    /// <summary>Gets or sets the longest of these pauses in seconds; above 0, and no shorter than <see cref="RetryBackoffSeconds"/>. Default 8.</summary>
    public double MaxRetryBackoffSeconds { get; set; } = GroupProperties.DefaultMaxRetryBackoffSeconds;

    /// <summary>
    /// Gets or sets the longest time in seconds that a deployment is left alone because its provider asks for it (<c>Retry-After</c>); above 0.
    /// A provider that asks for longer is asked again after this time. Default 600.
    /// </summary>
    public double MaxRetryAfterSeconds { get; set; } = GroupProperties.DefaultMaxRetryAfterSeconds;

    /// <summary>Gets or sets the total deadline of a call in seconds, over all its attempts and waits, to its last byte; for a stream the consumer's own time included. Default 600.</summary>
    public double TimeoutSeconds { get; set; } = GroupProperties.DefaultTimeoutSeconds;

    /// <summary>
    /// Gets or sets the longest time in seconds that a call waits, in all, for deployments that have failed to return: for cooldowns, probes
    /// and the pauses before it asks again; 0 or more, and 0 is not at all. Limits of one's own (<c>Rpm</c>, <c>Tpm</c>,
    /// <c>MaxConcurrency</c>, budgets) are waited for until the deadline. Unset: 10, and a rate limit of the provider (429) is
    /// waited for until the deadline; where it is stated it holds for rate limits too.
    /// </summary>
    public double MaxWaitSeconds { get; set; } = GroupProperties.DefaultMaxWaitSeconds;

    /// <summary>
    /// Gets or sets the longest time in seconds that one attempt of a non-streaming call may take. Unset: half of what is left of
    /// the total deadline while another deployment could still answer, else all of it.
    /// </summary>
    public double AttemptTimeoutSeconds { get; set; }

    /// <summary>
    /// Gets or sets the longest time in seconds that a new connection may take, TLS included; above 0. It has no effect where
    /// <see cref="RouterOptions.Transport"/> is set: that transport has its own. Default 10.
    /// </summary>
    public double ConnectTimeoutSeconds { get; set; } = GroupProperties.DefaultConnectTimeoutSeconds;

    /// <summary>
    /// Gets or sets the longest time in seconds from the start of a streaming attempt to its first content. Unset: while another
    /// deployment could still answer, twice the longest of the deployment's last 64, at least 4 and at most 60 (60 while there
    /// are fewer than 16; longer prompts are given longer), or half of what is left of the total deadline if that is less;
    /// else all that is left of it.
    /// </summary>
    public double FirstTokenTimeoutSeconds { get; set; }

    /// <summary>Gets or sets the longest silence in seconds within a stream after its first content. Default 60.</summary>
    public double StreamIdleTimeoutSeconds { get; set; } = GroupProperties.DefaultStreamIdleTimeoutSeconds;

    /// <summary>
    /// Gets or sets the largest answer in bytes that is read whole, above 0 and at most 1 GiB; a larger one fails the attempt. Of a stream,
    /// which is handed on as it comes, an event may have 16 MB. Default 67,108,864.
    /// </summary>
    public int MaxAnswerBytes { get; set; } = GroupProperties.DefaultMaxAnswerBytes;

    /// <summary>
    /// Gets or sets how long in seconds a deployment is left alone after it failed, where the provider does not say.
    /// Unset: 0.2 s after the first failure, doubling from 0.5 s to 30 s with each further one in a row, jittered.
    /// </summary>
    public double CooldownSeconds { get; set; }

    /// <summary>Gets or sets how many failures in a row a deployment may have before it cools down. Default 0: it cools at the first.</summary>
    public int AllowedFails { get; set; }

    /// <summary>
    /// Gets or sets, for <see cref="RoutingStrategy.LowestLatency"/>, how long in seconds a measured latency holds; above 0. Older ones are
    /// forgotten, and the deployment is measured again. Default 60.
    /// </summary>
    public double LatencyTtlSeconds { get; set; } = GroupProperties.DefaultLatencyTtlSeconds;

    /// <summary>
    /// Gets or sets, for <see cref="RoutingStrategy.LowestLatency"/>, deployments that are slower than the fastest by no more than this
    /// fraction of its latency share the calls with it; 0 or more, where 0.1 is a tenth. Default 0.
    /// </summary>
    public double LatencyTolerance { get; set; }

    /// <summary>
    /// Gets or sets, for <see cref="RoutingStrategy.LowestLatency"/>, whether deployments are measured with requests for one token in the
    /// background, while calls come and twice in <see cref="LatencyTtlSeconds"/>, so that no call has to go where no latency
    /// is known. These requests cost money; they are counted apart from the calls.
    /// </summary>
    public bool LatencyProbes { get; set; }

    /// <summary>
    /// Gets or sets what the group may spend in USD in each <see cref="BudgetPeriod"/>; above 0. Once it is spent the group's deployments
    /// take no calls until the next period. Unset: unlimited. Spend is counted in this process only.
    /// </summary>
    public double Budget { get; set; }

    /// <summary>Gets or sets what <see cref="Budget"/> is for. Default: a day (UTC).</summary>
    public BudgetPeriod BudgetPeriod { get; set; } = GroupProperties.DefaultBudgetPeriod;

    /// <summary>
    /// Gets or sets whether a call that waits unusually long for its first content (longer than 95 % of the group's calls lately) is sent
    /// to a second deployment as well; the first answer counts, and the other request is cancelled. It costs tokens twice: see
    /// <see cref="HedgeLimit"/>.
    /// </summary>
    public bool Hedge { get; set; }

    /// <summary>Gets or sets the largest fraction of calls that are hedged; above 0, at most 1. Default 0.05.</summary>
    public double HedgeLimit { get; set; } = GroupProperties.DefaultHedgeLimit;

    /// <summary>
    /// Gets or sets the time in seconds without a first content after which a call is hedged; above 0. It counts from the first call on.
    /// Unset: what 95 % of the group's calls took lately, once 20 have been seen.
    /// </summary>
    public double HedgeDelaySeconds { get; set; }

    /// <summary>
    /// Gets or sets whether calls that begin with the same long text (1,024 tokens and more) keep to the same deployment while it does
    /// well, so that the provider finds the beginning in its prompt cache.
    /// </summary>
    public bool PromptCacheAffinity { get; set; }

    /// <summary>
    /// Gets or sets how many calls may wait at once for a deployment of the group. A further one fails at once; where it is more urgent
    /// (<see cref="CallOptions.Priority"/>) than the last in line, that one fails instead. 1 or more. Default 1,000.
    /// </summary>
    public int MaxQueueLength { get; set; } = GroupProperties.DefaultMaxQueueLength;

    /// <summary>
    /// Gets or sets how many numbers the vectors of an embedding group have; 1 or more. Models that can are asked for it, and an answer of
    /// another length is never handed on. Unset: as many as the model gives.
    /// </summary>
    public int Dimensions { get; set; }

    /// <summary>
    /// Gets or sets whether embedding models that differ may answer in each other's place. Their vectors cannot be compared: an index made with
    /// one cannot be searched with the other. Batches of one call keep to one model. Default false.
    /// </summary>
    public bool AllowDifferentModels { get; set; }
}
