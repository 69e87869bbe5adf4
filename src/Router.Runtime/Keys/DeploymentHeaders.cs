using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The headers that a deployment adds to each request, with what variables hold. Never shown or logged.</summary>
internal sealed class DeploymentHeaders
{
    public static readonly DeploymentHeaders None = new([], []);

    private DeploymentHeaders(KeyValuePair<string, string>[] all, string[] secretTexts)
    {
        All = all;
        SecretTexts = secretTexts;
        Identity = string.Concat(all.Select(static header => $"\n{header.Key}: {header.Value}"));
    }

    /// <summary>Gets the headers, as name and value.</summary>
    public KeyValuePair<string, string>[] All { get; }

    /// <summary>Gets the texts that no message may show: what variables hold.</summary>
    public string[] SecretTexts { get; }

    /// <summary>Gets what tells deployments apart whose headers differ, for example by the organization that pays; empty where there are none.</summary>
    public string Identity { get; }

    /// <summary>Looks the variables up.</summary>
    /// <returns>Null where a variable is not set, or holds what no header has; then <paramref name="problem"/> says so.</returns>
    public static DeploymentHeaders? Resolve(DeploymentDefinition definition, Func<string, string?> variables, out VariableProblem? problem)
    {
        problem = null;
        if (definition.HeaderVariables.Length == 0) return definition.Headers.Length == 0 ? None : new DeploymentHeaders(definition.Headers, []);
        List<KeyValuePair<string, string>> headers = [.. definition.Headers];
        List<string> secrets = [];
        foreach ((string name, string variable) in definition.HeaderVariables)
        {
            string value = variables(variable)?.Trim() ?? "";
            if (value.Length == 0) problem = new($"{VariableName.Show(variable, "Headers")} is not set", IsUnset: true);
            else if (!KeySyntax.IsValidInHeader(value)) problem = new($"{VariableName.Show(variable, "Headers")} holds a character that no header has");
            if (problem is not null) return null;
            headers.Add(new(name, value));
            secrets.Add(value);
        }

        return new DeploymentHeaders([.. headers], [.. secrets]);
    }
}
