using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>Fetches tokens of one identity: from an identity provider, a metadata server, a file. Thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TokenSource
{
    /// <summary>Gets what tells this identity from others; sources with the same one fetch tokens that replace each other. It is compared and never shown.</summary>
    public abstract string Identity { get; }

    /// <summary>Fetches a new token. It is not called again before it has ended or was given up.</summary>
    /// <param name="cancellationToken">Canceled when the fetch takes too long. No caller's cancellation ends a fetch: others may wait for the same token.</param>
    /// <returns>
    /// The token, or why there is none: <see cref="FailureKind.AuthenticationFailed"/> where the identity is refused, so that an attempt is
    /// not repeated soon; <see cref="FailureKind.ConnectionFailed"/> and the like where it may work the next time. What is thrown
    /// counts as the latter.
    /// </returns>
    public abstract ValueTask<FetchedToken> FetchAsync(CancellationToken cancellationToken);
}

/// <summary>What came of fetching a token: one of the two.</summary>
/// <param name="Token">The token; null where there is none.</param>
/// <param name="Failure">Why there is none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct FetchedToken(AccessToken? Token, AttemptFailure? Failure = null);

/// <summary>
/// A token that authorises requests for a while; or the keys with which a cloud's requests are signed, in a class derived from this one. It does
/// not print itself.
/// </summary>
/// <param name="value">The token, of visible ASCII characters; of keys, that which names them.</param>
/// <param name="expiresAt">When it expires.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public class AccessToken(string value, DateTimeOffset expiresAt)
{
    /// <summary>Gets the token.</summary>
    public string Value { get; } = value;

    /// <summary>Gets when it expires.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Gets the texts that no message may show.</summary>
    public virtual IReadOnlyList<string> SecretTexts => [Value];

    /// <summary>Gets the value of the header that carries it.</summary>
    internal string HeaderValue { get; } = "Bearer " + value;
}
