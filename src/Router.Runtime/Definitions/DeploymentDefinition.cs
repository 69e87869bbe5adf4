using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>All that was declared of a deployment; immutable. Emitted by the generator.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeploymentDefinition
{
    /// <summary>Gets the deployment's name, unique in its group.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the provider's name, for example <c>anthropic</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets what the conventions of OpenTelemetry call the provider; null where they call it by <see cref="Provider"/>, or have no name for it.</summary>
    public string? TelemetryProvider { get; init; }

    /// <summary>Gets the model as the provider knows it, for example <c>claude-haiku-4-5</c>.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// Gets the base URL, without a slash at its end. It may have parts that variables hold, <c>{AWS_REGION|AWS_DEFAULT_REGION}</c>: the first
    /// that is set; one that begins with an equals sign is the value where none is.
    /// </summary>
    public required string Endpoint { get; init; }

    /// <summary>Gets the dialect, specialised for this deployment.</summary>
    public required Codec Codec { get; init; }

    /// <summary>Gets the environment variable that overrides <see cref="Endpoint"/>, where it is set.</summary>
    public string? EndpointVariable { get; init; }

    /// <summary>
    /// Gets what the value of <see cref="EndpointVariable"/> is completed with where it does not end so, for example <c>/v1</c> where the
    /// variable names the server alone; null where it is the base URL.
    /// </summary>
    public string? EndpointSuffix { get; init; }

    /// <summary>Gets whether requests, and the key with them, may go to another machine without encryption.</summary>
    public bool AllowInsecureHttp { get; init; }

    /// <summary>Gets the environment variable with the key; null where the provider takes no key.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>Gets the variables that may hold the key where <see cref="KeyVariable"/> is not set or is null, in order.</summary>
    public string[] OtherKeyVariables { get; init; } = [];

    /// <summary>Gets where it is served: how requests are addressed, and what they are authorised with.</summary>
    public Platform Platform { get; init; } = KeyHeaderPlatform.Bearer;

    /// <summary>Further headers of each request, as name and value.</summary>
    public KeyValuePair<string, string>[] Headers { get; init; } = [];

    /// <summary>Further headers of each request, as name and environment variable with the value.</summary>
    public KeyValuePair<string, string>[] HeaderVariables { get; init; } = [];

    /// <summary>Gets the relative share of the calls; 0.000001 to 1,000,000.</summary>
    public double Weight { get; init; } = DeploymentProperties.DefaultWeight;

    /// <summary>Gets the requests a minute; 0 is unlimited.</summary>
    public int Rpm { get; init; }

    /// <summary>Gets the tokens a minute; 0 is unlimited.</summary>
    public int Tpm { get; init; }

    /// <summary>Gets the calls in flight at once; 0 is unlimited.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>Gets the name of the limits that it shares with other deployments of its router; null where its limits are its own.</summary>
    public string? LimitGroup { get; init; }

    /// <summary>Gets the level of preference; lower is first.</summary>
    public int Order { get; init; }

    /// <summary>Gets the tokens that the model can read and write.</summary>
    public ModelLimits ModelLimits { get; init; }

    /// <summary>Gets what tokens cost; null where it is not known.</summary>
    public ModelPrices? Prices { get; init; }

    /// <summary>Gets where the deployment is; null where that was not declared.</summary>
    public string? Region { get; init; }

    /// <summary>Gets the marks by which calls may choose.</summary>
    public string[] Tags { get; init; } = [];

    /// <summary>Gets what the deployment may spend in USD in a period; null is unlimited.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Gets what <see cref="Budget"/> is for.</summary>
    public BudgetPeriod BudgetPeriod { get; init; } = DeploymentProperties.DefaultBudgetPeriod;

    /// <summary>Gets the fraction of the group's calls that are copied to this deployment, a shadow; 0 where it is none.</summary>
    public double MirrorShare { get; init; }
}
