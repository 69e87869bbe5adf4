using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RouterGen.Gateway.Logs;

namespace RouterGen.Gateway.Endpoints;

/// <summary>What an application has for all requests: looked for once, because what a request looks for costs it a scope.</summary>
/// <param name="services">The application's services.</param>
internal sealed class HostServices(IServiceProvider services)
{
    /// <summary>Gets where the gateway logs to.</summary>
    public ILogger Logger { get; } = services.GetService<ILoggerFactory>()?.CreateLogger(GatewayLog.Category) ?? NullLogger.Instance;

    /// <summary>Gets whether the application was asked to end.</summary>
    public CancellationToken Stopping { get; } = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
}
