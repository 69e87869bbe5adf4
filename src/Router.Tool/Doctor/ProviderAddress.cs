using System.Text.RegularExpressions;
using RouterGen.Codecs;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Tool.Doctor;

/// <summary>Where a deployment is now, and with what requests to it are authorised: its declaration, with the variables of this machine.</summary>
/// <param name="Endpoint">The base URL; null where a part of it is in no variable.</param>
/// <param name="KeyVariable">The variable that holds the key, or would; null where none is sent.</param>
/// <param name="Key">The key; null where it is not set. Never printed.</param>
/// <param name="Missing">The variables of which one must be set for the endpoint; empty where it is complete.</param>
internal sealed partial record ProviderAddress(string? Endpoint, string? KeyVariable, string? Key, string Missing)
{
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
        string? holder = connection.KeyVariable is null ? null : new[] { connection.KeyVariable }.Concat(connection.OtherKeyVariables).FirstOrDefault(candidate => Set(variable(candidate)) is not null);
        return new(missing.Length > 0 ? null : endpoint, holder ?? connection.KeyVariable, holder is null ? null : variable(holder)!.Trim(), missing);
    }

    /// <summary>The headers of each request, the key's among them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers(DeploymentSpec deployment, Func<string, string?> variable)
    {
        foreach (HeaderSpec header in deployment.Connection.Headers)
        {
            string? value = header.IsVariable ? Set(variable(header.Value)) : header.Value;
            if (value is not null) yield return new(header.Name, value);
        }

        if (Key is { } key) yield return KeyHeader(deployment, key);
    }

    /// <summary>The whole address of a path of the dialect's.</summary>
    public Uri? AddressOf(string path, DeploymentSpec deployment)
    {
        string address = deployment.Connection.Platform is "azure" or "foundry"
            ? AzureAddress.Of(Endpoint!, path, deployment.Model, deployment.Connection.ApiVersion)
            : Joined(path);
        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri : null;
    }

    private static KeyValuePair<string, string> KeyHeader(DeploymentSpec deployment, string key) => deployment.Connection.Platform switch
    {
        "azure" or "foundry" when key.StartsWith("eyJ", StringComparison.Ordinal) => new("Authorization", "Bearer " + key),
        "azure" or "foundry" when deployment.Dialect is not Dialect.AnthropicMessages => new("api-key", key),
        "bedrock" => new("Authorization", "Bearer " + key),
        _ => new(deployment.Connection.KeyHeader, deployment.Connection.KeyPrefix + key),
    };

    // An endpoint may have the path, or its version, at its end.
    private string Joined(string path)
    {
        const string Version = "/v1";
        if (Endpoint!.EndsWith(path, StringComparison.Ordinal)) return Endpoint;
        return path.StartsWith(Version + "/", StringComparison.Ordinal) && Endpoint.EndsWith(Version, StringComparison.Ordinal) ? Endpoint + path[Version.Length..] : Endpoint + path;
    }

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    [GeneratedRegex(@"\{([^}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
