using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace RouterGen;

/// <summary>Sends spans of its own routers, and metrics of the process, by OTLP.</summary>
internal sealed class OtlpSink : RouterTelemetrySink
{
    private static int _number;

    private readonly SpanMarks? _marks;
    private readonly DeliveryState _state;
    private readonly HttpMessageHandler? _ownHandler;
    private readonly TimeProvider _time;
    private readonly TracerProvider? _traces;
    private readonly MetricPipeline? _metrics;

    public OtlpSink(RouterOptions options, OtlpDestination destination) : base(destination.Name, destination.Address, destination.Settings)
    {
        _state = new DeliveryState(Name, () => options.LoggerFactory, destination.QueueSize, destination.Settings.QueueBytes);
        _time = options.TimeProvider;
        if (destination.IsDisabled) return;
        if (destination.Traces is { } signal)
        {
            string key = "RouterGen.Telemetry." + Interlocked.Increment(ref _number);
            _marks = new SpanMarks(key);
            _ownHandler = destination.Settings.Handler is null ? DeliveryHandler.CreateInner() : null;
            var exporter = new SpanExporter(signal.ToExporterOptions(destination.Settings.Handler ?? _ownHandler!, options.TimeProvider, _state), destination.BatchSize, _state);
            Func<string, string?> variables = options.Variables;
            TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton<IConfiguration>(new VariableConfiguration(variables)))
                .ConfigureResource(resource => MetricPipeline.Describe(resource, destination))
                .AddSource(RouterTelemetry.SourceName)
                .AddProcessor(new SpanQueue(exporter, destination, key, _state));
            if (!destination.HasSampler) builder.SetSampler(new AlwaysOnSampler());
            _traces = builder.Build();
        }

        if (destination.Metrics is not null) _metrics = MetricPipeline.Acquire(options, destination);
    }

    public override long Pending => _state.Pending;

    public override long Dropped => _state.Dropped;

    public override string? LastError => _state.LastError ?? _metrics?.State.LastError;

    public override void AddTo(RouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (_marks is not null && !options.Observers.Contains(_marks)) options.Observers.Add(_marks);
    }

    private protected override async Task<bool> FlushCoreAsync(CancellationToken cancellationToken)
    {
        // The SDK's flush ends when a batch is taken out of the queue, which is before it is sent.
        Task<bool> spans = _state.WhenDoneAsync(FlushTimeout, _time, cancellationToken);
        bool areMetricsSent = await Blocking(() =>
        {
            _traces?.ForceFlush((int)FlushTimeout.TotalMilliseconds);
            return _metrics?.Flush(FlushTimeout) ?? true;
        }).ConfigureAwait(false);
        return await spans.ConfigureAwait(false) && areMetricsSent;
    }

    private protected override async ValueTask EndAsync()
    {
        await Blocking(() =>
        {
            _traces?.Shutdown(1); // What there was is flushed already.
            _traces?.Dispose();
            _metrics?.Release();
            return true;
        }).ConfigureAwait(false);
        _ownHandler?.Dispose();
        _state.End();
    }

#pragma warning disable RS0030 // The SDK blocks the thread on which it flushes; no router's time passes there.
    private static Task<bool> Blocking(Func<bool> work) => Task.Run(work);
#pragma warning restore RS0030
}
