using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>The settings of both schemes: what of the framework's defaults is stricter here, or is taken from the configuration instead of the request.</summary>
/// <param name="options">The provider, and who may do what.</param>
/// <param name="signIn">Where the page is.</param>
internal sealed class SchemeSettings(OpenIdConnectSignInOptions options, SignIn signIn)
{
    private static readonly TimeSpan ProviderTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    // A signature of a secret (HS256), or none, is no signature of a provider.
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Sets the session's cookie.</summary>
    public void Apply(CookieAuthenticationOptions to)
    {
        Uri page = new(options.PageAddress);

        // The page is beneath the endpoints that manage keys, which the session is for, too.
        string path = page.AbsolutePath[..(page.AbsolutePath.LastIndexOf('/') + 1)];
        to.Cookie.Name = (IsSecure(page), path) switch
        {
            (true, "/") => "__Host-routergen", // A browser takes it from this host alone.
            (true, _) => "__Secure-routergen",
            _ => "routergen",
        };
        to.Cookie.Path = path;
        to.Cookie.HttpOnly = true;
        to.Cookie.SameSite = SameSiteMode.Strict;
        to.Cookie.SecurePolicy = PolicyOf(page);
        to.ExpireTimeSpan = options.SessionLifetime;
        to.SlidingExpiration = false;
        to.TimeProvider = options.Time;
    }

    /// <summary>Sets how the provider is asked.</summary>
    public void Apply(OpenIdConnectOptions to, ILogger logger)
    {
        Uri page = new(options.PageAddress);
        to.SignInScheme = Schemes.Session;
        to.Authority = options.Authority;
        to.RequireHttpsMetadata = IsSecure(new Uri(options.Authority));
        to.ClientId = options.ClientId;
        to.ClientSecret = options.ClientSecret;
        to.ResponseType = OpenIdConnectResponseType.Code;
        to.ResponseMode = OpenIdConnectResponseMode.Query; // A form of the provider would need cookies that other sites get sent.
        to.UsePkce = true;
        to.MapInboundClaims = false;
        to.DisableTelemetry = true;
        to.BackchannelTimeout = ProviderTimeout;
        to.TimeProvider = options.Time;
        to.Scope.Clear();
        foreach (string scope in options.Scopes) to.Scope.Add(scope);
        to.CallbackPath = signIn.CallbackPath;
        to.RemoteSignOutPath = PathString.Empty;
        to.SignedOutCallbackPath = PathString.Empty;
        to.TokenHandler = new SignedTokens { MapInboundClaims = false };
        to.TokenValidationParameters.ValidAlgorithms = Algorithms;
        to.TokenValidationParameters.ClockSkew = ClockSkew;
        foreach (CookieBuilder cookie in (CookieBuilder[])[to.CorrelationCookie, to.NonceCookie])
        {
            cookie.Path = page.AbsolutePath + PageRoutes.Callback;
            cookie.SameSite = SameSiteMode.Lax; // The provider sends the browser back.
            cookie.SecurePolicy = PolicyOf(page);
        }

        new SignInEvents(options, logger).AddTo(to.Events);
    }

    private static bool IsSecure(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    private static CookieSecurePolicy PolicyOf(Uri page) => IsSecure(page) ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
}
