namespace RouterGen;

/// <summary>
/// A deployment that can serve a model group: a provider, a model, and the key, endpoint and limits to use with it.
/// It belongs to the <see cref="ModelGroupAttribute"/> on the same declaration of the class.
/// </summary>
/// <param name="model">Provider and model, for example <c>"anthropic/claude-haiku-4-5"</c>. What follows the first slash is sent as it is.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DeploymentAttribute(string model) : Attribute
{
    /// <summary>Gets the provider and model, separated by the first slash.</summary>
    public string Model { get; } = model;

    /// <summary>Gets or sets the group that this deployment serves. Needed where the declaration has no group, or several.</summary>
    public string? Group { get; set; }

    /// <summary>Gets or sets the deployment's name in replies, logs and status. Unset: provider and model, with a number where that repeats.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets the model of the catalog that is deployed under a name of your own, for example <c>gpt-6-luna</c> for <c>azure/my-deployment</c>:
    /// prices, limits and what requests are fitted to are those of this model. Unset: the name that is sent.
    /// </summary>
    public string? BaseModel { get; set; }

    /// <summary>
    /// Gets or sets the wire format in which the deployment is asked, where its provider speaks several, as OpenAI does
    /// and many others do. Unset: the provider's usual one for the model.
    /// </summary>
    public Dialect Dialect { get; set; }

    /// <summary>
    /// Gets or sets what the model is asked for, where the catalog does not know it: that of one deployment decides for its group. Unset: as
    /// the catalog says, else as the name suggests (<c>nomic-embed-text</c>), else chat.
    /// </summary>
    public CallKind Kind { get; set; }

    /// <summary>
    /// Gets or sets the most texts of one request to an embedding model, or documents of one to a model that ranks; 1 or more. More texts are
    /// divided into batches; for more documents the deployment is passed over. Unset: what the provider is known to take, else 2048 texts.
    /// </summary>
    public int MaxBatchTexts { get; set; }

    /// <summary>
    /// Gets or sets the largest file that a request with sound may hold, in units of 1,048,576 bytes; 1 or more. Larger ones go to other deployments.
    /// Unset: what the provider is known to take, else any.
    /// </summary>
    public int MaxFileMegabytes { get; set; }

    /// <summary>
    /// Gets or sets a class of your own that makes the client through which the deployment is asked, in place of requests that the router sends: an SDK, or a
    /// model in the process. It must implement <see cref="IChatClientFactory"/> and have a constructor without parameters. Provider and model are what the
    /// deployment is priced, limited and known by; the provider need be none that is known, and no endpoint is needed. Unset: the router sends requests.
    /// </summary>
    public Type? Client { get; set; }

    /// <summary>Gets or sets the environment variable that holds the key. Unset: the provider's conventional one. Empty: the server takes no key, and none is sent.</summary>
    public string? ApiKeyEnv { get; set; }

    /// <summary>Gets or sets the base URL. Unset: the provider's. Must be https, or http on a loopback address or where no key is sent.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets an environment variable that, where it is set, overrides the base URL. Unset: the provider's conventional one.</summary>
    public string? EndpointEnv { get; set; }

    /// <summary>
    /// Gets or sets whether the base URL may be http on another machine, so that the key and the conversation are sent there without
    /// encryption: within a network that is trusted, behind a proxy that encrypts. Default: false.
    /// </summary>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>
    /// Gets or sets the service tier that requests ask for, unless a call asks for another (<see cref="CallOptions.ServiceTier"/>). A deployment with
    /// <see cref="RouterGen.ServiceTier.Flex"/> at a lower <see cref="Order"/> than the same without it saves money while there is room.
    /// Unset: none is asked for.
    /// </summary>
    public ServiceTier ServiceTier { get; set; }

    /// <summary>
    /// Gets or sets the headers that are sent with each request besides those of its wire format, as <c>Name: value</c>; the value <c>$NAME</c>
    /// is what the environment variable of that name holds, and <c>$$</c> begins a value with a dollar sign. A list that the wire format
    /// sends as well, such as <c>anthropic-beta</c>, has the values of both. In JSON, an object with the values by name.
    /// </summary>
    public string[] Headers { get; set; } = [];

    /// <summary>Gets or sets the deployment's share of the calls, relative to the other weights of the group; 0.000001 to 1,000,000. Default 1.</summary>
    public double Weight { get; set; } = DeploymentProperties.DefaultWeight;

    /// <summary>Gets or sets the requests a minute that this deployment may be sent; above 0. Unset: unlimited.</summary>
    public int Rpm { get; set; }

    /// <summary>Gets or sets the tokens a minute, input and output, that this deployment may be sent; above 0. Unset: unlimited.</summary>
    public int Tpm { get; set; }

    /// <summary>Gets or sets the calls that may be in flight at once, streams until their end; above 0. Unset: unlimited.</summary>
    public int MaxConcurrency { get; set; }

    /// <summary>
    /// Gets or sets a name for limits that deployments share, also across groups of the class: all with the same name take their requests,
    /// tokens and concurrent calls from one <see cref="Rpm"/>, <see cref="Tpm"/> and <see cref="MaxConcurrency"/>. A limit that
    /// one of them states holds for all; two must not state different ones. Unset: the limits are the deployment's own.
    /// </summary>
    public string? LimitGroup { get; set; }

    /// <summary>Gets or sets the level of preference: deployments with a higher one are used only when none with a lower one can take the call. Default 0.</summary>
    public int Order { get; set; }

    /// <summary>
    /// Gets or sets the output limit in tokens that is sent with a call that states none; above 0. Unset: none is sent, or, where the
    /// dialect demands one, <see cref="OutputLimit"/>, but no more than 16,384.
    /// </summary>
    public int MaxOutputTokens { get; set; }

    /// <summary>Gets or sets the model's context window, the most tokens of a prompt and its answer together; above 0. Unset: from the catalog.</summary>
    public int ContextWindow { get; set; }

    /// <summary>
    /// Gets or sets the most tokens that the model takes in a prompt, where these are fewer than its <see cref="ContextWindow"/>; above 0.
    /// Unset: from the catalog, unless a <see cref="ContextWindow"/> is set.
    /// </summary>
    public int InputLimit { get; set; }

    /// <summary>Gets or sets the most tokens that the model can write, reasoning included; above 0. Unset: from the catalog.</summary>
    public int OutputLimit { get; set; }

    /// <summary>
    /// Gets or sets all that the model can do besides text, in place of what the catalog knows of it. Unset: from the catalog;
    /// of a model that is not listed, all that the provider's endpoint takes. A request with more goes to another deployment.
    /// </summary>
    public ModelCapabilities Supports { get; set; }

    /// <summary>
    /// Gets or sets what the model cannot do of what the catalog, or the provider's endpoint, says: the rest stays as it is known there.
    /// Not beside <see cref="Supports"/>, which says all that it can do.
    /// </summary>
    public ModelCapabilities Lacks { get; set; }

    /// <summary>Gets or sets the USD per million input tokens; 0 is free. Unset (NaN): from the catalog.</summary>
    public double InputPrice { get; set; } = double.NaN;

    /// <summary>Gets or sets the USD per million output tokens; 0 is free. Unset (NaN): from the catalog.</summary>
    public double OutputPrice { get; set; } = double.NaN;

    /// <summary>Gets or sets the USD per million input tokens that the provider read from its cache. Unset (NaN): from the catalog, else the input price.</summary>
    public double CacheReadPrice { get; set; } = double.NaN;

    /// <summary>Gets or sets the USD per million input tokens that the provider wrote to its cache. Unset (NaN): from the catalog, else the input price.</summary>
    public double CacheWritePrice { get; set; } = double.NaN;

    /// <summary>Gets or sets the project whose models are called, where a cloud's address has one (Vertex AI). Unset: from the cloud's conventional variables.</summary>
    public string? Project { get; set; }

    /// <summary>Gets or sets the resource whose models are called, where a cloud's address has one (Azure). Unset: from the cloud's conventional variables.</summary>
    public string? Resource { get; set; }

    /// <summary>
    /// Gets or sets the version of the API, for example <c>2024-10-21</c>, where a cloud's address has one (Azure): calls then go to the addresses of
    /// that version, which name the deployment. Unset: the v1 API, which needs none.
    /// </summary>
    public string? ApiVersion { get; set; }

    /// <summary>
    /// Gets or sets where the deployment is, for example <c>eu</c> or <c>us-east-1</c>: calls may demand a region (<see cref="CallOptions.Region"/>).
    /// Where a cloud's address has the region (Bedrock, Vertex AI), it is that of the address. Unset: from the cloud's conventional variables.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>Gets or sets the marks by which calls may choose (<see cref="CallOptions.Tags"/>), for example <c>paid</c> or <c>gdpr</c>. Compared without regard to case.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>
    /// Gets or sets what the deployment may spend in USD in each <see cref="BudgetPeriod"/>; above 0. Once it is spent the deployment takes
    /// no calls until the next period. Unset: unlimited. Spend is counted in this process only.
    /// </summary>
    public double Budget { get; set; }

    /// <summary>Gets or sets what <see cref="Budget"/> is for. Default: a day (UTC).</summary>
    public BudgetPeriod BudgetPeriod { get; set; } = DeploymentProperties.DefaultBudgetPeriod;

    /// <summary>
    /// Gets or sets the fraction of the group's calls that makes the deployment a shadow: it gets copies of them in the background, and its answers
    /// are thrown away; above 0, at most 1. It never answers a caller. Unset: it is no shadow.
    /// </summary>
    public double MirrorShare { get; set; }
}
