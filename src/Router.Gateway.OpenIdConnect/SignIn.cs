using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>Signs people in to the page with a provider of OpenID Connect, and knows them by their session.</summary>
/// <param name="options">The provider, and who may do what.</param>
internal sealed class SignIn(OpenIdConnectSignInOptions options) : IPageSignIn
{
    /// <summary>Where the provider sends browsers back to, beneath the page.</summary>
    public const string Callback = "/sign-in/callback";

    /// <inheritdoc/>
    public string Name { get; } = options.ProviderName ?? new Uri(options.Authority).Host;

    /// <summary>Gets the path that the provider sends browsers back to, as the application has it: what stands before it may add to it.</summary>
    public PathString CallbackPath { get; private set; }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder page, string path)
    {
        ArgumentNullException.ThrowIfNull(page);
        CallbackPath = path + Callback;
        page.MapGet(Callback, EndAtProviderAsync);
    }

    /// <inheritdoc/>
    public async Task BeginAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await context.ChallengeAsync(Schemes.Provider, new AuthenticationProperties { RedirectUri = options.PageAddress + "/" }).ConfigureAwait(false);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Its configuration could not be read: it is away, or is another address than was meant.
            SignInEvents.LogRefused(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("RouterGen.People"), SignInEvents.Unreachable, exception);
            context.Response.Redirect(SignInEvents.Refused(options, SignInEvents.Unreachable));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<PagePerson?> FindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        AuthenticateResult session = await context.AuthenticateAsync(Schemes.Session).ConfigureAwait(false);
        return session.Principal is { } person ? Read(person) : null;
    }

    /// <inheritdoc/>
    public Task EndAsync(HttpContext context) => context.SignOutAsync(Schemes.Session);

    /// <summary>Returns what a session keeps of a person: no token of the provider's.</summary>
    public static ClaimsPrincipal Write(PagePerson person) => new(new ClaimsIdentity([new Claim("sub", person.Id), new Claim("name", person.Name), new Claim("role", RoleText(person.Role))], Schemes.Session));

    private static PagePerson? Read(ClaimsPrincipal session) =>
        session.FindFirst("sub")?.Value is { } id && session.FindFirst("name")?.Value is { } name
            ? session.FindFirst("role")?.Value switch
            {
                "admin" => new PagePerson(id, name, PageRole.Admin),
                "viewer" => new PagePerson(id, name, PageRole.Viewer),
                _ => null,
            }
            : null;

    private static string RoleText(PageRole role) => role is PageRole.Admin ? "admin" : "viewer";

    // Where the application authenticates each request by itself, its middleware has answered before.
    private static async Task EndAtProviderAsync(HttpContext context)
    {
        IAuthenticationHandler? handler = await context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(context, Schemes.Provider).ConfigureAwait(false);
        if (!await ((IAuthenticationRequestHandler)handler!).HandleRequestAsync().ConfigureAwait(false)) context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
