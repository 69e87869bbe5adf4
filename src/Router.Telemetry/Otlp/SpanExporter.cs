using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace RouterGen;

/// <summary>Sends batches of spans, and counts what became of them.</summary>
/// <param name="options">How they are sent.</param>
/// <param name="batchSize">The most spans of a batch.</param>
/// <param name="state">What counts them.</param>
internal sealed class SpanExporter(OtlpExporterOptions options, int batchSize, DeliveryState state) : OtlpTraceExporter(options)
{
    private readonly bool _isGrpc = options.Protocol is OtlpExportProtocol.Grpc;
    private readonly string _destination = options.Endpoint.GetLeftPart(UriPartial.Path);
    private readonly Activity[] _spans = new Activity[batchSize]; // One batch is sent at a time.

    /// <summary>Returns how much content a span has, in bytes.</summary>
    public static long SizeOf(Activity span)
    {
        long characters = 0;
        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
        {
            if (tag.Value is string text && tag.Key.StartsWith("gen_ai.", StringComparison.Ordinal)) characters += text.Length;
        }

        return characters * sizeof(char);
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        int count = 0;
        long size = 0;
        foreach (Activity span in activityBatch) // It can be walked over once: that takes the spans out of the queue.
        {
            _spans[count++] = span;
            size += SizeOf(span);
        }

        ExportResult result = ExportResult.Failure;
        try
        {
            result = base.Export(new Batch<Activity>(_spans, count));
        }
        catch (Exception exception)
        {
            state.Failed(exception.GetType().Name); // It would end the process: the thread is the queue's own.
        }

        Array.Clear(_spans, 0, count);
        if (_isGrpc) Report(result);
        state.Finish(count, size, result is ExportResult.Success);
        return result;
    }

    // Over HTTP, what sends knows more.
    private void Report(ExportResult result)
    {
        if (result is ExportResult.Success) state.Succeeded();
        else state.Failed($"no success over gRPC at {_destination}");
    }
}
