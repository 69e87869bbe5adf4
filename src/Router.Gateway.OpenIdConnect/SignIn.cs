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
    /// <inheritdoc/>
    public string Name { get; } = options.ProviderName ?? new Uri(options.Authority).Host;

    /// <summary>Gets the path that the provider sends browsers back to, as the application has it: what stands before it may add to it.</summary>
    public PathString CallbackPath { get; private set; }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder page, string path)
    {
        ArgumentNullException.ThrowIfNull(page);
        CallbackPath = path + PageRoutes.Callback;
        page.MapGet(PageRoutes.Callback, EndAtProviderAsync);
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
            context.Response.Redirect(PageRoutes.Refused(options, SignInEvents.Unreachable));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<PagePerson?> FindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        AuthenticateResult session = await context.AuthenticateAsync(Schemes.Session).ConfigureAwait(false);
        return session.Principal is { } person ? SessionPrincipal.Read(person) : null;
    }

    /// <inheritdoc/>
    public Task EndAsync(HttpContext context) => context.SignOutAsync(Schemes.Session);

    // Where the application authenticates each request by itself, its middleware has answered before.
    private static async Task EndAtProviderAsync(HttpContext context)
    {
        IAuthenticationHandler? handler = await context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>().GetHandlerAsync(context, Schemes.Provider).ConfigureAwait(false);
        if (!await ((IAuthenticationRequestHandler)handler!).HandleRequestAsync().ConfigureAwait(false)) context.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
