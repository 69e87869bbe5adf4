using Microsoft.Extensions.Diagnostics.HealthChecks;
using RouterGen;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health checks of model groups.</summary>
public static class RouterHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a health check for each model group of the application (<c>AddModels()</c>), by the state of its deployments; nothing is sent to a provider. A group is healthy where each deployment that
    /// is in service takes calls, degraded where some do not (cooldown, missing key, spent budget), and unhealthy where none does.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">What precedes the name of a group in the name of its check: <c>routergen:chat</c>.</param>
    /// <param name="failureStatus">What a group is reported as where no deployment takes calls; null is <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">The tags of the checks, to select them by; null for none.</param>
    /// <param name="timeout">How long a check may take; null is as long as it takes. It only reads what the router knows.</param>
    /// <returns>The health checks.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static IHealthChecksBuilder AddRouterGen(
        this IHealthChecksBuilder builder,
        string name = "routergen",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        string[] kept = [.. tags ?? []];
        builder.Services.AddOptions<HealthCheckServiceOptions>().Configure<IServiceProvider>((options, services) =>
        {
            HashSet<string> taken = [.. options.Registrations.Select(static registration => registration.Name)];
            foreach (ModelGroup group in services.GetServices<ModelGroup>())
            {
                options.Registrations.Add(new HealthCheckRegistration(Free($"{name}:{group.Name}", taken), new GroupHealthCheck(group), failureStatus, kept, timeout));
            }
        });
        return builder;
    }

    // Two classes may have groups of one name; two checks must not.
    private static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++) free = $"{name}-{number}";
        return free;
    }
}
