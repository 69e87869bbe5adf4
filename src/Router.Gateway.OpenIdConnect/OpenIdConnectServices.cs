using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using RouterGen.Gateway.OpenIdConnect;

namespace RouterGen;

/// <summary>Adds signing in with OpenID Connect to an application that a gateway's page is mapped on.</summary>
public static class OpenIdConnectServices
{
    /// <summary>
    /// Lets people sign in to the gateway's page, and to its management on the same application, with OpenID Connect: authorization code with PKCE. Two schemes of authentication are added. An application
    /// that has one of its own, and takes it for the default because there is no other, must name it (<c>AddAuthentication("…")</c>).
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="options">The provider, and who may do what.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">No value of the claim lets anyone in.</exception>
    /// <exception cref="IOException">The folder for keys cannot be made.</exception>
    public static IServiceCollection AddRouterGenOpenIdConnect(this IServiceCollection services, OpenIdConnectSignInOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        if (options.AdminValues.Count + options.ViewerValues.Count == 0) throw new ArgumentException("AdminValues and ViewerValues are empty, so that nobody gets in: state values of the claim RoleClaim.", nameof(options));
        var signIn = new SignIn(options);
        IDataProtectionProvider protection = SessionKeys.Of(options.KeyFolder);
        services.AddWebEncoders();
        services.AddAuthenticationCore(static all =>
        {
            all.AddScheme<CookieAuthenticationHandler>(Schemes.Session, null);
            all.AddScheme<OpenIdConnectHandler>(Schemes.Provider, null);
        });
        services.TryAddTransient<CookieAuthenticationHandler>();
        services.TryAddTransient<OpenIdConnectHandler>();
        services.Configure<CookieAuthenticationOptions>(Schemes.Session, new SchemeSettings(options, signIn).Apply);
        services.AddOptions<OpenIdConnectOptions>(Schemes.Provider).Configure<ILoggerFactory>((to, loggers) => new SchemeSettings(options, signIn).Apply(to, loggers.CreateLogger("RouterGen.People")));
        services.AddSingleton<IPostConfigureOptions<CookieAuthenticationOptions>>(new OfScheme<CookieAuthenticationOptions>(Schemes.Session, new PostConfigureCookieAuthenticationOptions(protection)));
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>>(new OfScheme<OpenIdConnectOptions>(Schemes.Provider, new OpenIdConnectPostConfigureOptions(protection)));
        services.PostConfigure<OpenIdConnectOptions>(Schemes.Provider, static to => ((BaseConfigurationManager)to.ConfigurationManager!).UseLastKnownGoodConfiguration = false); // A key that was replaced is of no use at once.
        services.AddSingleton<IPageSignIn>(signIn);
        return services;
    }

    // What completes options of one scheme, and not those of the application's own.
    private sealed class OfScheme<T>(string scheme, IPostConfigureOptions<T> inner) : IPostConfigureOptions<T> where T : class
    {
        public void PostConfigure(string? name, T options)
        {
            if (name == scheme) inner.PostConfigure(name, options);
        }
    }
}
