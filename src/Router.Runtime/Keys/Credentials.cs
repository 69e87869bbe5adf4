using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// A deployment's key and address, resolved once. Nothing here is public or prints itself: the key leaves only in the
/// header of a request to its own deployment.
/// </summary>
internal sealed class Credentials
{
    private const string Redacted = "***";
    private const int ShortestSecret = 8;
    private const int TellingEnd = 4;
    private const int TellingStart = 12; // longer than the prefixes that all keys of a provider share, such as sk-ant-

    private readonly string? _key;

    private Credentials(Uri? endpoint, string? key, string? headerValue, string? problem)
    {
        Address = endpoint;
        _key = key;
        KeyHeaderValue = headerValue;
        Problem = problem;
    }

    /// <summary>Where requests go; null where the endpoint is no good, and then no key helps.</summary>
    public Uri? Address { get; }

    /// <summary>The value of the header with the key; null where the provider takes none.</summary>
    public string? KeyHeaderValue { get; }

    /// <summary>Why the deployment cannot be used; null where it can. Names variables, never values: see <see cref="VariableName"/>.</summary>
    public string? Problem { get; }

    public static Credentials Resolve(DeploymentDefinition definition, Func<string, string?> variables)
    {
        try
        {
            return ResolveFrom(definition, variables);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Unusable($"RouterOptions.Variables failed: {exception.GetType().Name}");
        }
    }

    private static Credentials ResolveFrom(DeploymentDefinition definition, Func<string, string?> variables)
    {
        string? overriding = definition.EndpointVariable is { } variable ? variables(variable)?.Trim() : null;
        bool overridden = !string.IsNullOrEmpty(overriding);
        string endpoint = (overridden ? overriding! : definition.Endpoint).TrimEnd('/');
        if (!Uri.TryCreate(endpoint + definition.Codec.Path, UriKind.Absolute, out Uri? address) || !IsAllowed(address))
            return Unusable($"{(overridden ? $"the endpoint in {VariableName.Show(definition.EndpointVariable!, "EndpointEnv")}" : "its endpoint")} must be an absolute https URL (http on a loopback address)");

        if (definition.KeyVariable is null) return new Credentials(address, null, null, null);
        string? key = variables(definition.KeyVariable)?.Trim();
        if (string.IsNullOrEmpty(key)) return new Credentials(address, null, null, $"{VariableName.Show(definition.KeyVariable, "ApiKeyEnv")} is not set");
        if (!KeySyntax.IsValid(key)) return new Credentials(address, null, null, $"{VariableName.Show(definition.KeyVariable, "ApiKeyEnv")} holds a character that no key has");
        return new Credentials(address, key, definition.KeyPrefix + key, null);
    }

    /// <summary>The same address with another key, which <see cref="KeySyntax"/> has let pass.</summary>
    public Credentials WithKey(string key, DeploymentDefinition definition) => Address is null ? this : new(Address, key, definition.KeyPrefix + key, null);

    /// <summary>Takes the key, or the beginning of it, out of a text that came from outside: a provider may echo it, and the text may be cut.</summary>
    public string Redact(string text)
    {
        // What local servers are given for a key ("none", "x") is no secret, and part of many words.
        if (_key is not { Length: >= ShortestSecret }) return text;
        ReadOnlySpan<char> start = _key.AsSpan(0, Math.Min(TellingStart, _key.Length));
        for (int at = text.AsSpan().IndexOf(start); at >= 0; at = text.AsSpan().IndexOf(start))
        {
            int length = text.AsSpan(at).CommonPrefixLength(_key);
            text = string.Concat(text.AsSpan(0, at), Redacted, text.AsSpan(at + length));
        }

        return WithoutCutKey(text, _key);
    }

    /// <summary>A long message has been cut, perhaps within the key: then less of it gives it away.</summary>
    private static string WithoutCutKey(string text, string key)
    {
        if (!text.EndsWith('…')) return text;
        ReadOnlySpan<char> kept = text.AsSpan(0, text.Length - 1);
        for (int length = Math.Min(kept.Length, TellingStart); length >= TellingEnd; length--)
        {
            if (kept.EndsWith(key.AsSpan(0, Math.Min(length, key.Length)))) return string.Concat(kept[..^length], Redacted, "…");
        }

        return text;
    }

    /// <summary>The key and where it is used; null where the provider takes none, or the deployment cannot be used.</summary>
    public KeyIdentity? Identity => _key is null || Address is null ? null : new KeyIdentity(Address.GetLeftPart(UriPartial.Authority), _key);

    private static Credentials Unusable(string problem) => new(null, null, null, problem);

    private static bool IsAllowed(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip))));
}
