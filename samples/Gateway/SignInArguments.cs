using System.Globalization;
using System.Net;
using RouterGen;

namespace GatewayProgram;

/// <summary>What the program was started with for signing in to the page: everything but the secret, which is in a variable or a file of its own.</summary>
internal sealed record SignInArguments
{
    private const string SecretVariable = "ROUTERGEN_OIDC_SECRET";

    private string? Authority { get; init; }

    private string? ClientId { get; init; }

    private string? SecretFile { get; init; }

    private string? PageAddress { get; init; }

    private string? Name { get; init; }

    private string? RoleClaim { get; init; }

    private string[] Admins { get; init; } = [];

    private string[] Viewers { get; init; } = [];

    private string[]? Scopes { get; init; }

    private int? Minutes { get; init; }

    private string? KeyFolder { get; init; }

    /// <summary>Gets whether people sign in.</summary>
    public bool IsSet => Authority is not null;

    /// <summary>Gets whether all is there that is needed, or nothing at all.</summary>
    public bool IsComplete => IsSet ? ClientId is not null && Admins.Length + Viewers.Length > 0 : this == Empty;

    private static SignInArguments Empty { get; } = new();

    /// <summary>Takes an argument; null where it is none of these, or is wrong.</summary>
    public SignInArguments? With(string name, string value) => name switch
    {
        "--oidc-authority" => this with { Authority = value },
        "--oidc-client-id" => this with { ClientId = value },
        "--oidc-secret-file" => this with { SecretFile = value },
        "--oidc-page-address" => this with { PageAddress = value },
        "--oidc-name" => this with { Name = value },
        "--oidc-role-claim" => this with { RoleClaim = value },
        "--oidc-admin" => this with { Admins = Split(value, ',') },
        "--oidc-viewer" => this with { Viewers = Split(value, ',') },
        "--oidc-scopes" => this with { Scopes = Split(value, ' ') },
        "--oidc-session-minutes" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) => this with { Minutes = minutes },
        "--oidc-key-folder" => this with { KeyFolder = value },
        _ => null,
    };

    /// <summary>Returns how people sign in; null where they do not.</summary>
    /// <param name="address">The address of the page's server.</param>
    /// <param name="port">Its port; 0 for a free one.</param>
    /// <exception cref="ArgumentException">A value is wrong: the message says which.</exception>
    /// <exception cref="IOException">The file with the secret cannot be read.</exception>
    public OpenIdConnectSignInOptions? Options(IPAddress address, int port)
    {
        if (!IsSet) return null;
        return new OpenIdConnectSignInOptions
        {
            Authority = Authority!,
            ClientId = ClientId!,
            ClientSecret = SecretFile is null ? Environment.GetEnvironmentVariable(SecretVariable) : File.ReadAllText(SecretFile).Trim(),
            PageAddress = PageAddress ?? UsualAddress(address, port),
            ProviderName = Name,
            RoleClaim = RoleClaim ?? "roles",
            AdminValues = Admins,
            ViewerValues = Viewers,
            Scopes = Scopes ?? ["openid", "profile"],
            SessionLifetime = TimeSpan.FromMinutes(Minutes ?? 480),
            KeyFolder = KeyFolder,
        };
    }

    private static string UsualAddress(IPAddress address, int port) => IPAddress.IsLoopback(address) && port > 0
        ? $"http://{new IPEndPoint(address, port)}/ui"
        : throw new ArgumentException("--oidc-page-address is missing: the address at which browsers reach the page, such as https://gateway-admin.example.com/ui.");

    private static string[] Split(string text, char at) => text.Split(at, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
