namespace RouterGen.Declarations.Arguments;

/// <summary>
/// What can be declared, and the properties that each such declaration has: the one table for all that reads, compares or
/// describes declarations, in code or in JSON.
/// </summary>
internal sealed class DeclarationKind
{
    public static readonly DeclarationKind Group = new(AttributeNames.ModelGroup, positional: 1, GroupProperties.All);

    public static readonly DeclarationKind Deployment = new(AttributeNames.Deployment, positional: 1, DeploymentProperties.All);

    public static readonly DeclarationKind Provider = new(
        AttributeNames.Provider,
        positional: 2,
        new("Name", DeclaredType.Text) { IsInJson = false },
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
