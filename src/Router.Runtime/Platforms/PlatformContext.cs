using System.Collections.Concurrent;
using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>What the platforms of one router's deployments share. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PlatformContext
{
    private readonly ConcurrentDictionary<string, TokenCache> _tokens = new(StringComparer.Ordinal);

    private readonly Dictionary<string, CredentialSource> _credentials;

    internal PlatformContext(TimeProvider time, Func<string, string?> variables, IEnumerable<KeyValuePair<string, CredentialSource>>? credentials = null)
    {
        Time = time;
        Variables = variables;
        _credentials = new(credentials ?? [], StringComparer.Ordinal);
    }

    /// <summary>Gets the router's time.</summary>
    public TimeProvider Time { get; }

    /// <summary>Gets what environment variables hold, for platforms that need more than an endpoint and a key.</summary>
    public Func<string, string?> Variables { get; }

    /// <summary>Returns what the router's options say authorises a deployment's requests without a key; null where they say nothing.</summary>
    internal CredentialSource? CredentialsOf(string deployment, string provider) => _credentials.GetValueOrDefault(deployment) ?? _credentials.GetValueOrDefault(provider);

    /// <summary>Returns the tokens of a source: deployments whose sources have the same <see cref="TokenSource.Identity"/> share them.</summary>
    public TokenCache TokensOf(TokenSource source) => _tokens.GetOrAdd(source.Identity, static (_, arguments) => new TokenCache(arguments.source, arguments.Time), (source, Time));
}
