using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace RouterGen;

/// <summary>
/// What sends the metrics of the process to one place. Instruments do not know routers, so sinks of several routers with the same destination share it: else the
/// same figures would arrive twice. The last sink that ends stops it.
/// </summary>
internal sealed class MetricPipeline
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, MetricPipeline> Used = new(StringComparer.Ordinal);

    private readonly string _identity;
    private readonly HttpMessageHandler? _ownHandler;
    private readonly MeterProvider _provider;
    private int _users;

    private MetricPipeline(string identity, RouterOptions options, OtlpDestination destination)
    {
        _identity = identity;
        State = new DeliveryState(destination.Name + " (metrics)", () => options.LoggerFactory, capacity: 1, bytes: 1);
        _ownHandler = destination.Settings.Handler is null ? DeliveryHandler.CreateInner() : null;
        var exporter = new MetricExporter(destination.Metrics!.ToExporterOptions(destination.Settings.Handler ?? _ownHandler!, options.TimeProvider, State), State);
        Func<string, string?> variables = options.Variables;
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(new VariableConfiguration(variables)))
            .ConfigureResource(resource => Describe(resource, destination))
            .AddMeter(RouterTelemetry.SourceName)
            .AddReader(new PeriodicExportingMetricReader(exporter, (int)destination.MetricInterval.TotalMilliseconds, (int)destination.Metrics.Timeout.TotalMilliseconds)
            {
                TemporalityPreference = destination.SendsDeltas ? MetricReaderTemporalityPreference.Delta : MetricReaderTemporalityPreference.Cumulative,
            })
            .Build();
    }

    public DeliveryState State { get; }

    /// <summary>Returns what sends metrics there, a new one where none does yet.</summary>
    public static MetricPipeline Acquire(RouterOptions options, OtlpDestination destination)
    {
        string identity = string.Join('\n', destination.Metrics!.Identity, destination.ServiceName, destination.Resource);
        lock (Gate)
        {
            if (!Used.TryGetValue(identity, out MetricPipeline? pipeline)) Used[identity] = pipeline = new MetricPipeline(identity, options, destination);
            pipeline._users++;
            return pipeline;
        }
    }

    /// <summary>Says what the process is.</summary>
    public static void Describe(ResourceBuilder resource, OtlpDestination destination)
    {
        if (destination.ServiceName is { } name) resource.AddService(name, autoGenerateServiceInstanceId: false);
    }

    /// <summary>Sends metrics as they are. Blocks.</summary>
    public bool Flush(TimeSpan timeout) => _provider.ForceFlush((int)timeout.TotalMilliseconds);

    /// <summary>Ends the use by one sink. Blocks.</summary>
    public void Release()
    {
        lock (Gate)
        {
            if (--_users > 0) return;
            Used.Remove(_identity);
        }

        _provider.Shutdown(1); // What there was is flushed already.
        _provider.Dispose();
        _ownHandler?.Dispose();
    }
}
