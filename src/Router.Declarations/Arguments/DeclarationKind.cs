namespace RouterGen.Declarations.Arguments;

/// <summary>The type of a property that a declaration can state.</summary>
internal enum DeclaredType : byte
{
    Text,
    Integer,
    Number,
    Boolean,
    Texts,

    /// <summary>A type, read as its name in C#.</summary>
    Type,

    /// <summary>A wire format, read as its number.</summary>
    Dialect,

    /// <summary>A routing strategy, read as its number.</summary>
    Strategy,

    /// <summary>The period of a budget, read as its number.</summary>
    BudgetPeriod,

    /// <summary>Features, read as the number of all of them.</summary>
    Features,
}

/// <summary>A property that a declaration can state.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsInJson">Whether an object in JSON has it; else the object's place in the file says it.</param>
internal sealed record DeclaredProperty(string Name, DeclaredType Type, bool IsInJson = true)
{
    /// <summary>Its name in JSON.</summary>
    public string JsonName { get; } = char.ToLowerInvariant(Name[0]) + Name.Substring(1);
}

/// <summary>
/// What can be declared, and the properties that each such declaration has: the one table for all that reads, compares or
/// describes declarations, in code or in JSON.
/// </summary>
internal sealed class DeclarationKind
{
    public static readonly DeclarationKind Group = new(
        AttributeNames.ModelGroup,
        positional: 1,
        new("Name", DeclaredType.Text, IsInJson: false),
        new("Strategy", DeclaredType.Strategy),
        new("Policy", DeclaredType.Type),
        new("Fallbacks", DeclaredType.Texts),
        new("ContextWindowFallbacks", DeclaredType.Texts),
        new("ContentPolicyFallbacks", DeclaredType.Texts),
        new("MaxAttempts", DeclaredType.Integer),
        new("TimeoutSeconds", DeclaredType.Number),
        new("MaxWaitSeconds", DeclaredType.Number),
        new("AttemptTimeoutSeconds", DeclaredType.Number),
        new("FirstTokenTimeoutSeconds", DeclaredType.Number),
        new("StreamIdleTimeoutSeconds", DeclaredType.Number),
        new("CooldownSeconds", DeclaredType.Number),
        new("AllowedFails", DeclaredType.Integer),
        new("LatencyTtlSeconds", DeclaredType.Number),
        new("LatencyTolerance", DeclaredType.Number),
        new("LatencyProbes", DeclaredType.Boolean),
        new("Budget", DeclaredType.Number),
        new("BudgetPeriod", DeclaredType.BudgetPeriod),
        new("Hedge", DeclaredType.Boolean),
        new("HedgeLimit", DeclaredType.Number),
        new("PromptCacheAffinity", DeclaredType.Boolean),
        new("MaxQueueLength", DeclaredType.Integer));

    public static readonly DeclarationKind Deployment = new(
        AttributeNames.Deployment,
        positional: 1,
        new("Model", DeclaredType.Text),
        new("Group", DeclaredType.Text, IsInJson: false),
        new("Name", DeclaredType.Text),
        new("ApiKeyEnv", DeclaredType.Text),
        new("Endpoint", DeclaredType.Text),
        new("EndpointEnv", DeclaredType.Text),
        new("Weight", DeclaredType.Number),
        new("Rpm", DeclaredType.Integer),
        new("Tpm", DeclaredType.Integer),
        new("MaxConcurrency", DeclaredType.Integer),
        new("LimitGroup", DeclaredType.Text),
        new("Order", DeclaredType.Integer),
        new("MaxOutputTokens", DeclaredType.Integer),
        new("ContextWindow", DeclaredType.Integer),
        new("InputLimit", DeclaredType.Integer),
        new("OutputLimit", DeclaredType.Integer),
        new("Supports", DeclaredType.Features),
        new("InputPrice", DeclaredType.Number),
        new("OutputPrice", DeclaredType.Number),
        new("CacheReadPrice", DeclaredType.Number),
        new("CacheWritePrice", DeclaredType.Number),
        new("Region", DeclaredType.Text),
        new("Tags", DeclaredType.Texts),
        new("Budget", DeclaredType.Number),
        new("BudgetPeriod", DeclaredType.BudgetPeriod),
        new("MirrorShare", DeclaredType.Number));

    public static readonly DeclarationKind Provider = new(
        AttributeNames.Provider,
        positional: 2,
        new("Name", DeclaredType.Text, IsInJson: false),
        new("Dialect", DeclaredType.Dialect),
        new("Endpoint", DeclaredType.Text),
        new("EndpointEnv", DeclaredType.Text),
        new("ApiKeyEnv", DeclaredType.Text));

    private DeclarationKind(string attribute, int positional, params DeclaredProperty[] properties) =>
        (Attribute, PositionalCount, Properties) = (attribute, positional, properties);

    /// <summary>The metadata name of the attribute.</summary>
    public string Attribute { get; }

    /// <summary>How many of the properties are the attribute's constructor arguments: the first ones, in their order.</summary>
    public int PositionalCount { get; }

    public DeclaredProperty[] Properties { get; }

    /// <summary>The properties that an object in JSON can have.</summary>
    public IEnumerable<DeclaredProperty> JsonProperties => Properties.Where(property => property.IsInJson);

    public DeclaredProperty Find(string property) => Properties.First(candidate => candidate.Name == property);

    /// <summary>The place of a property among the constructor arguments; negative where it is none of them.</summary>
    public int PositionOf(string property) => Array.FindIndex(Properties, 0, PositionalCount, candidate => candidate.Name == property);
}
