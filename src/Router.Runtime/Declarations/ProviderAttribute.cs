namespace RouterGen;

/// <summary>
/// Declares a provider that the catalog does not have, or redefines one that it has, for the deployments of a class
/// (or, on the assembly, of all classes).
/// </summary>
/// <param name="name">The name before the slash in <see cref="DeploymentAttribute.Model"/>.</param>
/// <param name="dialect">The wire format that the provider speaks.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class ProviderAttribute(string name, Dialect dialect) : Attribute
{
    /// <summary>Gets the provider's name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the wire format that the provider speaks.</summary>
    public Dialect Dialect { get; } = dialect;

    /// <summary>Gets or sets the base URL; must be https, or http on a loopback address or where no key is sent. Each deployment may have its own instead.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Gets or sets an environment variable that, where it is set, overrides the base URL.</summary>
    public string? EndpointEnv { get; set; }

    /// <summary>Gets or sets the environment variable that holds the key. Empty: the provider takes no key. Unset: it takes none on this machine or over http; else each deployment names its own.</summary>
    public string? ApiKeyEnv { get; set; }
}
