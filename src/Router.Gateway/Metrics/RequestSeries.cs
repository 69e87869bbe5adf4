namespace RouterGen.Gateway.Metrics;

/// <summary>What is measured of the requests to an endpoint for a group.</summary>
internal sealed class RequestSeries
{
    /// <summary>Gets from a request's headers to the last byte of its answer.</summary>
    public Histogram Duration { get; } = new();

    /// <summary>Gets from a request's headers to the first byte of its answer.</summary>
    public Histogram TimeToFirstByte { get; } = new();

    /// <summary>Gets what the gateway itself took of whole answers: all but the time at providers.</summary>
    public Histogram Overhead { get; } = new();
}
