using OpenTelemetry.Exporter;

namespace RouterGen;

/// <summary>How one signal is sent: spans, or metrics.</summary>
/// <param name="Endpoint">Where to, with the path of the signal for HTTP.</param>
/// <param name="IsGrpc">Whether over gRPC.</param>
/// <param name="Headers">Headers of each request.</param>
/// <param name="Timeout">How long a batch may take, with all its tries.</param>
/// <param name="Compresses">Whether requests are compressed.</param>
internal sealed record OtlpSignal(Uri Endpoint, bool IsGrpc, IReadOnlyDictionary<string, string> Headers, TimeSpan Timeout, bool Compresses)
{
    /// <summary>Returns the settings of an exporter of the SDK.</summary>
    /// <param name="inner">What requests are sent with, over HTTP.</param>
    /// <param name="time">The time of pauses between tries.</param>
    /// <param name="state">What learns how it went.</param>
    public OtlpExporterOptions ToExporterOptions(HttpMessageHandler inner, TimeProvider time, DeliveryState state)
    {
        var options = new OtlpExporterOptions
        {
            Protocol = IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            Endpoint = Endpoint,
            TimeoutMilliseconds = (int)Timeout.TotalMilliseconds,
            Compression = Compresses ? OtlpExportCompression.GZip : OtlpExportCompression.None,
            Headers = IsGrpc ? string.Join(',', Headers.Select(static header => header.Key + "=" + Uri.EscapeDataString(header.Value))) : "",
        };
        if (!IsGrpc) options.HttpClientFactory = () => new HttpClient(new DeliveryHandler(inner, Headers, Timeout, time, state), disposeHandler: false) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        return options;
    }

    /// <summary>Returns what two signals that go to the same place have in common.</summary>
    public string Identity => string.Join('\n', [Endpoint.AbsoluteUri, IsGrpc ? "grpc" : "http", .. Headers.OrderBy(static header => header.Key, StringComparer.Ordinal).Select(static header => header.Key + "=" + header.Value)]);
}
