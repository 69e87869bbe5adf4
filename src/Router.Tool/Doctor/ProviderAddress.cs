using System.Text.RegularExpressions;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Specs;

namespace RouterGen.Tool.Doctor;

/// <summary>Where a deployment is now, and with what requests to it are authorised: its declaration, with the variables of this machine.</summary>
/// <param name="Endpoint">The base URL; null where a part of it is in no variable.</param>
/// <param name="KeyVariable">The variable that holds the key, or would; null where none is sent.</param>
/// <param name="Key">The key; null where it is not set. Never printed.</param>
/// <param name="Identity">The package whose identity authorises requests in place of a key; null where a key does, or nothing.</param>
/// <param name="Missing">The variables of which one must be set for the endpoint; empty where it is complete.</param>
internal sealed partial record ProviderAddress(string? Endpoint, string? KeyVariable, string? Key, string? Identity, string Missing)
{
    /// <summary>Whether a call can be made at all.</summary>
    public bool CanAsk => Endpoint is not null && (KeyVariable is null || Key is not null || Identity is not null);

    /// <summary>Finds out where a deployment is.</summary>
    public static ProviderAddress Of(ConnectionSpec connection, Func<string, string?> variable)
    {
        string? own = connection.EndpointVariable is { } name ? Set(variable(name)) : null;
        string endpoint = own?.Trim().TrimEnd('/') ?? connection.Endpoint;
        if (own is not null && !own.Contains("://", StringComparison.Ordinal)) endpoint = own.StartsWith("localhost", StringComparison.Ordinal) || own.StartsWith("127.", StringComparison.Ordinal) ? "http://" + endpoint : "https://" + endpoint;
        if (own is not null && connection.EndpointSuffix is { } suffix && !endpoint.EndsWith(suffix, StringComparison.Ordinal)) endpoint += suffix;
        string missing = "";
        endpoint = Part().Replace(endpoint, part =>
        {
            string[] names = part.Groups[1].Value.Split('|');
            string? value = names.Select(candidate => candidate.StartsWith('=') ? candidate[1..] : Set(variable(candidate))).FirstOrDefault(found => found is not null);
            if (value is null) missing = string.Join(" or ", names);
            return value ?? "";
        });
        IEnumerable<string> names = [.. connection.KeyVariable is { } first ? [first] : Array.Empty<string>(), .. connection.OtherKeyVariables];
        string? holder = names.FirstOrDefault(candidate => Set(variable(candidate)) is not null);
        string? package = holder is null && connection.HasCredentials ? PlatformRow.Find(connection.Platform)?.Package : null;
        return new(missing.Length > 0 ? null : endpoint, holder ?? connection.KeyVariable, holder is null ? null : variable(holder)!.Trim(), package, missing);
    }

    /// <summary>The headers of a request for the list of models, the key's among them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers(ConnectionSpec connection, Func<string, string?> variable)
    {
        foreach (HeaderSpec header in connection.Headers)
        {
            string? value = header.IsVariable ? Set(variable(header.Value)) : header.Value;
            if (value is not null) yield return new(header.Name, value);
        }

        if (Key is { } key) yield return new(connection.KeyHeader, connection.KeyPrefix + key);
    }

    /// <summary>The whole address of a path behind the endpoint, which may have the path's version at its end.</summary>
    public Uri? AddressOf(string path)
    {
        const string Version = "/v1";
        string rest = path.StartsWith(Version + "/", StringComparison.Ordinal) && Endpoint!.EndsWith(Version, StringComparison.Ordinal) ? path[Version.Length..] : path;
        return Uri.TryCreate(Endpoint + rest, UriKind.Absolute, out Uri? uri) ? uri : null;
    }

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    [GeneratedRegex(@"\{([^}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
