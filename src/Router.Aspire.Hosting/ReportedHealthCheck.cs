using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RouterGen.Aspire;

/// <summary>Asks a project for the health that it reports. A project answers a group that is degraded with success, and says so in the body alone.</summary>
internal sealed class ReportedHealthCheck(EndpointReference endpoint, string path) : IHealthCheck
{
    private const int LongestName = 16;

    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 64 * 1024 };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.IsAllocated) return new HealthCheckResult(HealthStatus.Unhealthy, $"{endpoint.Resource.Name} has no address yet.");
        try
        {
            using HttpResponseMessage response = await Client.GetAsync(new Uri(new Uri(endpoint.Url), path), cancellationToken).ConfigureAwait(false);
            string text = (await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Trim();
            HealthStatus status = text.Length <= LongestName && Enum.TryParse(text, ignoreCase: true, out HealthStatus named) && Enum.IsDefined(named) ? named
                : response.IsSuccessStatusCode ? HealthStatus.Healthy : HealthStatus.Unhealthy;
            return new HealthCheckResult(status, $"{endpoint.Resource.Name} reports {status} ({(int)response.StatusCode}).");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(HealthStatus.Unhealthy, $"{endpoint.Resource.Name} could not be asked: {exception.GetType().Name}.");
        }
    }
}
