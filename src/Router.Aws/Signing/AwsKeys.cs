using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>An access key, with the token of its session where it is temporary. It does not print itself.</summary>
/// <param name="accessKeyId">The access key's ID, which is no secret.</param>
/// <param name="secretAccessKey">The secret access key.</param>
/// <param name="sessionToken">The session's token; null where there is none.</param>
/// <param name="expiresAt">When the keys expire; the end of time where that is not known.</param>
internal sealed class AwsKeys(string accessKeyId, string secretAccessKey, string? sessionToken, DateTimeOffset expiresAt) : AccessToken(accessKeyId, expiresAt)
{
    /// <summary>Gets the secret access key.</summary>
    public string SecretAccessKey { get; } = secretAccessKey;

    /// <summary>Gets the session's token; null where there is none.</summary>
    public string? SessionToken { get; } = string.IsNullOrEmpty(sessionToken) ? null : sessionToken;

    /// <summary>Gets whether the place that these are from has no others as long as the program runs: then asking again is in vain.</summary>
    public bool IsFixed { get; init; }

    /// <summary>Gets whether they hold only characters that a header can carry.</summary>
    public bool IsValid => IsVisible(Value) && IsVisible(SecretAccessKey) && (SessionToken is null || IsVisible(SessionToken));

    /// <inheritdoc/>
    public override IReadOnlyList<string> SecretTexts => SessionToken is null ? [SecretAccessKey] : [SecretAccessKey, SessionToken];

    private static bool IsVisible(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
