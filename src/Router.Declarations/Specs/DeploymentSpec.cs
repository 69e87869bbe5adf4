using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Specs;

/// <summary>One deployment of a group, with all that the catalog knows of it folded in.</summary>
/// <param name="Name">Its name in replies and logs, unique in the group.</param>
/// <param name="MemberName">The name of its property on the group.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">The model as the provider knows it.</param>
/// <param name="Connection">Where it is and how a request is authenticated.</param>
/// <param name="Settings">Shares, limits and labels as declared.</param>
/// <param name="Dialect">The wire format.</param>
/// <param name="Traits">What the model takes, and how requests to it are written.</param>
/// <param name="Efforts">The reasoning efforts that it takes.</param>
/// <param name="DefaultMaxOutputTokens">The output limit that is sent where a call gives none; 0 for none.</param>
/// <param name="ModelLimits">The tokens that the model can read and write.</param>
/// <param name="Prices">What tokens cost; null where it is not known.</param>
internal sealed record DeploymentSpec(
    string Name,
    string MemberName,
    string Provider,
    string Model,
    ConnectionSpec Connection,
    DeploymentSettings Settings,
    Dialect Dialect,
    ModelTraits Traits,
    EffortSpec Efforts,
    int DefaultMaxOutputTokens,
    ModelLimits ModelLimits,
    ModelPrices? Prices)
{
    /// <summary>Gets the model under whose name the catalog may know it: another than is sent where a base model is stated.</summary>
    public string CatalogModel { get; init; } = Model;

    /// <summary>Gets what OpenTelemetry's conventions call the provider; null where they call it by its name here, or have no name for it.</summary>
    public string? TelemetryProvider { get; init; }

    /// <summary>Gets what it is asked for.</summary>
    public CallKind Kind { get; init; }

    /// <summary>Gets what requests for vectors are fitted to; null for other kinds of calls.</summary>
    public EmbeddingSpec? Embedding { get; init; }

    /// <summary>Gets what requests with sound, or for it, are fitted to; null for other kinds of calls.</summary>
    public SoundSpec? Sound { get; init; }

    /// <summary>Gets the client through which it is asked; null where requests are sent.</summary>
    public ClientSpec? Client { get; init; }

    /// <summary>Gets what specialises the codec for it.</summary>
    public ConstantsSpec Constants => new(Dialect, Provider, Model, Traits, Efforts, DefaultMaxOutputTokens, Connection.BodyStart, Settings.Tier) { Embedding = Embedding, Sound = Sound };

    /// <summary>Gets provider and model in one, for example <c>openai/gpt-4o</c>.</summary>
    public string ModelName => Provider + "/" + Model;
}

/// <summary>The client through which a deployment is asked.</summary>
/// <param name="Factory">The type of the user's own that makes it, as C#: see <see cref="UserType"/>. Null for one that cannot be used.</param>
/// <param name="Libraries">The assemblies whose exceptions are known and can be used (<see cref="Catalog.ClientLibraryRow"/>), in order.</param>
internal sealed record ClientSpec(string? Factory, EquatableArray<string> Libraries);

/// <summary>Where a deployment is and how a request to it is authenticated. Names variables, never holds a key.</summary>
/// <param name="Endpoint">The base URL.</param>
/// <param name="EndpointVariable">The variable that overrides it.</param>
/// <param name="KeyVariable">The variable with the key; null where none is sent.</param>
/// <param name="KeyHeader">The header with the key.</param>
/// <param name="KeyPrefix">What precedes the key in it.</param>
/// <param name="Headers">Headers of each request.</param>
internal sealed record ConnectionSpec(
    string Endpoint,
    string? EndpointVariable,
    string? KeyVariable,
    string KeyHeader,
    string KeyPrefix,
    EquatableArray<HeaderSpec> Headers)
{
    /// <summary>Gets the variables that may hold the key where <see cref="KeyVariable"/> is not set, in order.</summary>
    public EquatableArray<string> OtherKeyVariables { get; init; }

    /// <summary>Gets the members that begin a request's body in place of the model, as JSON without braces; null for the model.</summary>
    public string? BodyStart { get; init; }

    /// <summary>Gets the name of the platform (<see cref="Catalog.PlatformRow"/>); null where a key is sent in a header.</summary>
    public string? Platform { get; init; }

    /// <summary>Gets the version of the API in its addresses; null where none is stated.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Gets whether requests are authorised by the credentials of the platform's package where no key is set.</summary>
    public bool HasCredentials { get; init; }

    /// <summary>Gets what the variable's value is completed with where it does not end so; null for nothing.</summary>
    public string? EndpointSuffix { get; init; }
}

/// <summary>A header of each request.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, or the environment variable that holds it.</param>
/// <param name="IsVariable">Whether a variable holds the value.</param>
internal sealed record HeaderSpec(string Name, string Value, bool IsVariable = false);

/// <summary>What was declared of a deployment's share, limits and labels; null where nothing was.</summary>
internal sealed record DeploymentSettings(SettingValues Stated)
{
    /// <summary>Returns the settings with another value of a property; null takes it away.</summary>
    public DeploymentSettings With(DeclaredProperty property, object? value) => new(Stated.With(property, value));

    public double? Weight => Stated.Number(DeploymentProperties.Weight);

    public int? Rpm => Stated.Integer(DeploymentProperties.Rpm);

    public int? Tpm => Stated.Integer(DeploymentProperties.Tpm);

    public int? MaxConcurrency => Stated.Integer(DeploymentProperties.MaxConcurrency);

    public int? Order => Stated.Integer(DeploymentProperties.Order);

    public string? LimitGroup => Stated[DeploymentProperties.SharedLimits] as string;

    public string? Region => Stated[DeploymentProperties.Region] as string;

    public ServiceTier? Tier => Stated[DeploymentProperties.Tier] is int tier ? (ServiceTier)tier : null;

    /// <summary>Gets whether it is a shadow, which answers no caller.</summary>
    public bool IsShadow => Stated[DeploymentProperties.MirrorShare] is not null;
}
