using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RouterGen;

/// <summary>Tells how a model group is, by what its router knows already.</summary>
internal sealed class GroupHealthCheck(ModelGroup group) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        DeploymentStatus[] all = [.. group.Status];
        DeploymentStatus[] inService = [.. all.Where(static status => !status.IsShadow && !IsOutOfService(status))];
        DeploymentStatus[] ailing = [.. inService.Where(static status => status.Health is not DeploymentHealth.Healthy)];
        bool answers = inService.Any(static status => status.Health is DeploymentHealth.Healthy or DeploymentHealth.Probing);
        HealthStatus health = !answers ? context.Registration.FailureStatus : ailing.Length > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
        string description = inService.Length == 0
            ? "All deployments are taken out of service."
            : string.Create(CultureInfo.InvariantCulture, $"{inService.Length - ailing.Length} of {inService.Length} deployments take calls{string.Concat(ailing.Select(static status => $"; {status.Name}: {TextOf(status)}"))}.");
        return Task.FromResult(new HealthCheckResult(health, description, exception: null, DataOf(all)));
    }

    /// <summary>An operator has decided so, and it is no fault.</summary>
    internal static bool IsOutOfService(in DeploymentStatus status) => status.Health is DeploymentHealth.Disabled or DeploymentHealth.Draining or DeploymentHealth.Drained;

    private static Dictionary<string, object> DataOf(DeploymentStatus[] statuses)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (DeploymentStatus status in statuses)
        {
            data[status.Name] = TextOf(status);
            if (status.CooldownRemaining > TimeSpan.Zero) data[status.Name + ":CooldownSeconds"] = Math.Round(status.CooldownRemaining.TotalSeconds, 1);
        }

        return data;
    }

    private static string TextOf(in DeploymentStatus status) => status.Health switch
    {
        DeploymentHealth.CoolingDown => string.Create(CultureInfo.InvariantCulture, $"cools down for another {status.CooldownRemaining.TotalSeconds:F1} s after {status.LastFailure}"),
        DeploymentHealth.Probing => "is asked again after a cooldown",
        DeploymentHealth.NotConfigured => $"is not configured, because {status.Problem}",
        DeploymentHealth.OutOfBudget => "has spent its budget",
        _ => status.Health.ToString().ToLowerInvariant(),
    };
}
