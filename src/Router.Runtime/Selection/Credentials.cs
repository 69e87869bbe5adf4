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

    private readonly string? _key;

    private Credentials(Uri? endpoint, string? key, string? headerValue, string? problem)
    {
        Address = endpoint;
        _key = key;
        KeyHeaderValue = headerValue;
        Problem = problem;
    }

    /// <summary>Where requests go; null only where there is a <see cref="Problem"/>.</summary>
    public Uri? Address { get; }

    /// <summary>The value of the header with the key; null where the provider takes none.</summary>
    public string? KeyHeaderValue { get; }

    /// <summary>Why the deployment cannot be used; null where it can. Names variables, never values.</summary>
    public string? Problem { get; }

    public static Credentials Resolve(DeploymentDefinition definition, Func<string, string?> variables)
    {
        string? overriding = definition.EndpointVariable is { } variable ? variables(variable)?.Trim() : null;
        bool overridden = !string.IsNullOrEmpty(overriding);
        string endpoint = (overridden ? overriding! : definition.Endpoint).TrimEnd('/');
        if (!Uri.TryCreate(endpoint + definition.Codec.Path, UriKind.Absolute, out Uri? address) || !IsAllowed(address))
            return Unusable($"{(overridden ? $"the endpoint in the environment variable {definition.EndpointVariable}" : "its endpoint")} must be an absolute https URL (http on a loopback address)");

        if (definition.KeyVariable is null) return new Credentials(address, null, null, null);
        string? key = variables(definition.KeyVariable)?.Trim();
        if (string.IsNullOrEmpty(key)) return Unusable($"the environment variable {definition.KeyVariable} is not set");

        // A line break would let whoever sets the variable write headers; other characters do not survive the wire.
        foreach (char character in key)
        {
            if (character is <= ' ' or > '~') return Unusable($"the environment variable {definition.KeyVariable} holds a character that no key has");
        }

        return new Credentials(address, key, definition.KeyPrefix + key, null);
    }

    /// <summary>Takes the key out of a text that came from outside: a provider may echo it.</summary>
    public string Redact(string text) => _key is null ? text : WithoutBeginningOfKey(text.Replace(_key, Redacted, StringComparison.Ordinal), _key);

    /// <summary>Leaves an exception out that says the key: a transport quotes what it could not understand.</summary>
    public Exception? Redact(Exception? exception)
    {
        if (_key is null) return exception;
        for (Exception? said = exception; said is not null; said = said.InnerException)
        {
            if (said.Message.Contains(_key, StringComparison.Ordinal)) return null;
        }

        return exception;
    }

    /// <summary>A long message has been cut, perhaps in the middle of the key.</summary>
    private static string WithoutBeginningOfKey(string text, string key)
    {
        const int telling = 4; // fewer characters give nothing away
        if (!text.EndsWith('…')) return text;
        ReadOnlySpan<char> kept = text.AsSpan(0, text.Length - 1);
        for (int length = Math.Min(kept.Length, key.Length - 1); length >= telling; length--)
        {
            if (kept.EndsWith(key.AsSpan(0, length), StringComparison.Ordinal)) return string.Concat(kept[..^length], Redacted, "…");
        }

        return text;
    }

    private static Credentials Unusable(string problem) => new(null, null, null, problem);

    private static bool IsAllowed(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || (IPAddress.TryParse(address.Host, out IPAddress? ip) && IPAddress.IsLoopback(ip))));
}
