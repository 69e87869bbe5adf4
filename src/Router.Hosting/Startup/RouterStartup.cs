using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>What is done before the application's own services start: the handlers are made, and the configuration is checked.</summary>
internal sealed class RouterStartup(RouterHostingOptions hosting, IServiceProvider services, ILogger<RouterStartup> logger) : IHostedLifecycleService
{
    /// <exception cref="RouterConfigurationException">The configuration has mistakes.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        IConfiguration? configuration = services.GetService<IConfiguration>();
        if (configuration is IConfigurationRoot root) FileReport.Watch(root, logger);
        if (hosting.UseHttpClientFactory) services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(hosting.HttpClientName); // It says now what it would say in the first call.
        if (hosting.CheckOnStart) Check(configuration);
        return Task.CompletedTask;
    }

    private void Check(IConfiguration? configuration)
    {
        ModelGroup[] groups = [.. services.GetServices<ModelGroup>()];
        if (groups.Length == 0) HostingLog.NoGroups(logger);
        ConfigurationCheck check = ConfigurationCheck.Of(groups, configuration, hosting.RequireAllKeys);
        foreach (ConfigurationProblem problem in check.Lacks) HostingLog.Lacking(logger, problem.Path, problem.Reason);
        if (check.Mistakes.Count == 0) return;
        if (hosting.FailOnStart) throw new RouterConfigurationException(check.Mistakes);
        foreach (ConfigurationProblem problem in check.Mistakes) HostingLog.Mistaken(logger, problem.Path, problem.Reason);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
