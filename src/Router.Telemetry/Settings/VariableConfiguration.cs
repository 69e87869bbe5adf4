using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace RouterGen;

/// <summary>The variables of a router, as OpenTelemetry's SDK reads them: sampler, limits, resource.</summary>
/// <param name="variables">Finds a variable.</param>
/// <param name="path">Where in the configuration this is; empty for its root.</param>
internal sealed class VariableConfiguration(Func<string, string?> variables, string path = "") : IConfigurationSection
{
    public string Key => path;

    public string Path => path;

    public string? Value
    {
        get => path.Length == 0 ? null : variables(path);
        set => throw new NotSupportedException("Variables are read only.");
    }

    public string? this[string key]
    {
        get => variables(Below(key));
        set => throw new NotSupportedException("Variables are read only.");
    }

    public IEnumerable<IConfigurationSection> GetChildren() => [];

    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    public IConfigurationSection GetSection(string key) => new VariableConfiguration(variables, Below(key));

    private string Below(string key) => path.Length == 0 ? key : path + ":" + key;
}
