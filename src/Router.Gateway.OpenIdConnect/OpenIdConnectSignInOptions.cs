namespace RouterGen;

/// <summary>How people sign in to the page of a gateway with a provider of OpenID Connect. Nothing of it comes from a request.</summary>
public sealed class OpenIdConnectSignInOptions
{
    /// <summary>Gets the provider, whose <c>/.well-known/openid-configuration</c> is read: an address with https, or of the loopback.</summary>
    /// <exception cref="ArgumentException">The value is no such address.</exception>
    public required string Authority { get; init => field = Address(value, nameof(Authority)); }

    /// <summary>Gets the id that the gateway has with the provider.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public required string ClientId
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    }

    /// <summary>Gets the secret that the gateway has with the provider; null for a public client, which PKCE alone protects. It does not belong into a file with other settings.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? ClientSecret
    {
        get;
        init
        {
            if (value is not null) ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    }

    /// <summary>
    /// Gets where browsers reach the page, without a slash at the end: an address with https, or of the loopback. It and <c>/sign-in/callback</c> make the redirect address, which is registered with
    /// the provider. It is never taken from a request, whose <c>Host</c> anyone may write.
    /// </summary>
    /// <exception cref="ArgumentException">The value is no such address.</exception>
    public required string PageAddress { get; init => field = Address(value, nameof(PageAddress)); }

    /// <summary>Gets what the provider is asked for. The default is <c>openid profile</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile"];

    /// <summary>
    /// Gets the claim of the ID token whose values give a role: a text or an array of texts. A dot goes into an object, such as <c>realm_access.roles</c>. The default is <c>roles</c>. Of <c>email</c> only an
    /// address counts that the provider has verified (<c>email_verified</c>).
    /// </summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Gets the values of <see cref="RoleClaim"/> that make an <see cref="PageRole.Admin"/>.</summary>
    public IReadOnlyList<string> AdminValues { get; init; } = [];

    /// <summary>Gets the values of <see cref="RoleClaim"/> that make a <see cref="PageRole.Viewer"/>. An account with neither does not get in.</summary>
    public IReadOnlyList<string> ViewerValues { get; init; } = [];

    /// <summary>Gets after what time people sign in anew, however busy they are; a minute to 30 days. The default is 8 hours. A role that the provider takes away ends with the session.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not within these bounds.</exception>
    public TimeSpan SessionLifetime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMinutes(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(30));
            field = value;
        }
    } = TimeSpan.FromHours(8);

    /// <summary>
    /// Gets the folder with the keys that protect sessions, which instances share and which outlives them; null, the default, for keys in memory: sessions end with the process, and are its alone.
    /// The folder is made where it is missing, for its owner alone. Who can read it can make sessions.
    /// </summary>
    public string? KeyFolder { get; init; }

    /// <summary>Gets what the button says after "Sign in with"; the host of the <see cref="Authority"/> unless it is set.</summary>
    public string? ProviderName { get; init; }

    /// <summary>Gets the clock of sessions; null for that of the machine. Tests replace it.</summary>
    internal TimeProvider? Time { get; init; }

    private static string Address(string value, string name)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out Uri? address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) || address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0) throw new ArgumentException($"'{value}' is no address with https, or with http of the loopback, without a query and a user.", name);
        return value.TrimEnd('/');
    }
}
