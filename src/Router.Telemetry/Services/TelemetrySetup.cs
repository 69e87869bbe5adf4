using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RouterGen;

/// <summary>Gives each router of an application its sinks, flushes them when the application stops, and ends them with its services.</summary>
/// <param name="builder">The sinks.</param>
internal sealed class TelemetrySetup(RouterTelemetryBuilder builder) : IRouterOptionsSetup, IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private List<RouterTelemetrySink>? _sinks;

    public void Configure(RouterOptions options)
    {
        lock (_gate)
        {
            if (_sinks is null)
            {
                _sinks = builder.Build(options);
                return;
            }
        }

        foreach (RouterTelemetrySink sink in _sinks) sink.AddTo(options);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => Task.WhenAll(Made().Select(sink => sink.FlushAsync(cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        foreach (RouterTelemetrySink sink in Made()) await sink.DisposeAsync().ConfigureAwait(false);
    }

    // For services that are disposed synchronously; the wait is bounded by the flush.
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private List<RouterTelemetrySink> Made()
    {
        lock (_gate) return _sinks ?? [];
    }
}

/// <summary>Makes the sinks when the application starts, so that a missing key is told at once, and flushes them when it stops.</summary>
/// <param name="setup">What has the sinks.</param>
/// <param name="services">The application's services.</param>
internal sealed class TelemetryService(TelemetrySetup setup, IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetServices<IRouterOptionsSetup>().Any()) RouterOptions.FromServices(services);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => setup.FlushAsync(cancellationToken);
}
