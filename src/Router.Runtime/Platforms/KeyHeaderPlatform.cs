using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>
/// A platform that takes a key in a header, and requests at the path of their dialect: most providers, and servers of one's own. Where it has
/// credentials, they authorise requests when no key is configured.
/// </summary>
/// <param name="header">The header with the key.</param>
/// <param name="prefix">What precedes the key in it.</param>
/// <param name="credentials">What authorises requests without a key; null where nothing does.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public class KeyHeaderPlatform(string header, string prefix = "", CredentialSource? credentials = null) : Platform
{
    /// <summary>Gets the platform that takes a key as <c>Authorization: Bearer …</c>.</summary>
    public static KeyHeaderPlatform Bearer { get; } = new("Authorization", "Bearer ");

    /// <inheritdoc/>
    public override bool HasCredentials => credentials is not null;

    /// <inheritdoc/>
    public override Authorizer CreateAuthorizer(string? key, PlatformContext context) =>
        key is not null ? new WithKey(header, prefix + key, key) : credentials?.CreateAuthorizer(context) ?? NoKey.Instance;

    /// <summary>Gets what leaves requests as they are.</summary>
    internal static Authorizer None => NoKey.Instance;

    private sealed class WithKey(string header, string value, string key) : Authorizer
    {
        public override string Identity => key;

        public override IReadOnlyList<string> SecretTexts => [key];

        public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request)
        {
            request.Message.Headers.TryAddWithoutValidation(header, value);
            return default;
        }
    }

    private sealed class NoKey : Authorizer
    {
        public static readonly NoKey Instance = new();

        public override string? Identity => null;

        public override IReadOnlyList<string> SecretTexts => [];

        public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request) => default;
    }
}
