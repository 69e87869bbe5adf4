namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// What the projects of an application ask model providers with: keys, endpoints and settings of RouterGen, as variables of the projects that reference it. It runs nothing itself.
/// </summary>
/// <param name="name">The name of the resource.</param>
public sealed class RouterGenResource(string name) : Resource(name), IResourceWithWaitSupport
{
    private readonly Dictionary<string, object> _variables = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets what the projects get, by variable: a <see cref="ParameterResource"/> for a key, a text, an <see cref="EndpointReference"/> or a <see cref="ReferenceExpression"/> for what is no secret.
    /// </summary>
    public IReadOnlyDictionary<string, object> Variables => _variables;

    internal void Set(string variable, object value) => _variables[variable] = value;
}
