using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace RouterGen.Telemetry.Tests;

/// <summary>Records what the router measures.</summary>
internal sealed class MetricListener : IDisposable
{
    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly MeterListener _listener;

    public MetricListener()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == RouterTelemetry.SourceName) listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Measured> Of(string name) => [.. _measured.Where(measured => measured.Name == name)];

    public void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _measured.Enqueue(new(instrument.Name, value, tags.ToArray().ToDictionary()));

    public sealed record Measured(string Name, double Value, Dictionary<string, object?> Tags);
}
