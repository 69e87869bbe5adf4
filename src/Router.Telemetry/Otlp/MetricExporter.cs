using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace RouterGen;

/// <summary>Sends metrics, and tells whether that works.</summary>
/// <param name="options">How they are sent.</param>
/// <param name="state">What learns how it went.</param>
internal sealed class MetricExporter(OtlpExporterOptions options, DeliveryState state) : OtlpMetricExporter(options)
{
    private readonly bool _isGrpc = options.Protocol is OtlpExportProtocol.Grpc;
    private readonly string _destination = options.Endpoint.GetLeftPart(UriPartial.Path);

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> metrics)
    {
        try
        {
            ExportResult result = base.Export(metrics);
            if (!_isGrpc) return result;
            if (result is ExportResult.Success) state.Succeeded();
            else state.Failed($"no success over gRPC at {_destination}");
            return result;
        }
        catch (Exception exception)
        {
            state.Failed(exception.GetType().Name);
            return ExportResult.Failure;
        }
    }
}
