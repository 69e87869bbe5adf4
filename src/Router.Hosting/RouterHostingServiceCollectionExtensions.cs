using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using RouterGen;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what routers use of a host.</summary>
public static class RouterHostingServiceCollectionExtensions
{
    /// <summary>
    /// Connects all routers that take their options from the services (<c>AddModels()</c>, <see cref="RouterOptions.FromServices"/>) with the host: requests go through
    /// <see cref="IHttpClientFactory"/>, the configuration is checked when the application starts, and files of configuration that cannot be read are reported. May be called again; the
    /// last word of an option holds.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddRouterGenHosting(this IServiceCollection services, Action<RouterHostingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        RouterHostingOptions options = OptionsOf(services, out bool isNew);
        configure?.Invoke(options);
        AddClient(services, options.HttpClientName);
        if (!isNew) return services;
        services.TryAddSingleton<FactoryInvoker>();
        services.AddSingleton<IRouterOptionsSetup, HostingSetup>();
        services.AddSingleton<IHttpMessageHandlerBuilderFilter, ResilienceFilter>();
        services.AddHostedService<RouterStartup>();
        return services;
    }

    private static RouterHostingOptions OptionsOf(IServiceCollection services, out bool isNew)
    {
        var known = services.FirstOrDefault(static service => service.ServiceType == typeof(RouterHostingOptions))?.ImplementationInstance as RouterHostingOptions;
        isNew = known is null;
        if (known is not null) return known;
        var options = new RouterHostingOptions();
        services.AddSingleton(options);
        return options;
    }

    // A handler's own renewal of connections follows DNS without giving up those that are warm: so the factory need not make new handlers.
    private static void AddClient(IServiceCollection services, string name) => services.AddHttpClient(name)
        .ConfigurePrimaryHttpMessageHandler(static () => RouterOptions.CreateHandler())
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RedactLoggedHeaders(static _ => true)
        .RemoveAllLoggers();
}
