using Microsoft.Extensions.Hosting;
using RouterGen;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers sinks of telemetry for the routers of an application.</summary>
public static class RouterTelemetryServiceCollectionExtensions
{
    /// <summary>
    /// Sends what all routers do that take their options from the services (<c>AddModels()</c>, <see cref="RouterOptions.FromServices"/>). Sinks are made when the application
    /// starts, where a missing key is an exception; they are flushed when it stops, and end with the services. May be called again, for further sinks.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Adds sinks, for example <c>telemetry => telemetry.UseOtlp()</c>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddRouterGenTelemetry(this IServiceCollection services, Action<RouterTelemetryBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.FirstOrDefault(static service => service.ServiceType == typeof(RouterTelemetryBuilder))?.ImplementationInstance is RouterTelemetryBuilder known)
        {
            configure(known);
            return services;
        }

        var builder = new RouterTelemetryBuilder();
        configure(builder);
        services.AddSingleton(builder);
        services.AddSingleton<TelemetrySetup>();
        services.AddSingleton<IRouterOptionsSetup>(static provider => provider.GetRequiredService<TelemetrySetup>());
        services.AddSingleton<IHostedService, TelemetryService>();
        return services;
    }
}
