using System.Buffers;

namespace RouterGen;

/// <summary>
/// A base URL with parts that variables hold, as <c>https://bedrock-runtime.{AWS_REGION|AWS_DEFAULT_REGION}.amazonaws.com</c>. A value may hold
/// only what a part of a host or of a path can be: so no variable sends a key to another host.
/// </summary>
internal static class EndpointTemplate
{
    private const char Default = '=';

    private static readonly SearchValues<char> PartCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Fills the parts in.</summary>
    /// <param name="template">The base URL.</param>
    /// <param name="variables">What variables hold.</param>
    /// <param name="problem">Why it cannot be filled in; it names variables, never values.</param>
    /// <returns>The base URL; null where there is a problem.</returns>
    public static string? Fill(string template, Func<string, string?> variables, out VariableProblem? problem)
    {
        problem = null;
        int start;
        while ((start = template.IndexOf('{', StringComparison.Ordinal)) >= 0 && template.IndexOf('}', start) is > 0 and var end)
        {
            if (Value(template[(start + 1)..end].Split('|'), variables, out problem) is not { } value) return null;
            template = string.Concat(template.AsSpan(0, start), value, template.AsSpan(end + 1));
        }

        return template;
    }

    private static string? Value(string[] names, Func<string, string?> variables, out VariableProblem? problem)
    {
        problem = null;
        foreach (string name in names)
        {
            if (name.StartsWith(Default)) return name[1..];
            if (variables(name)?.Trim() is not { Length: > 0 } value) continue;
            if (!value.AsSpan().ContainsAnyExcept(PartCharacters)) return value;
            problem = new($"{name} may hold only letters, digits, '-' and '_', since it is a part of the endpoint");
            return null;
        }

        problem = new($"{string.Join(" or ", names)} is not set, which is a part of its endpoint", IsUnset: true);
        return null;
    }
}
