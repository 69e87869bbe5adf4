namespace RouterGen.Gateway.Metrics;

/// <summary>How requests went that went on to another group.</summary>
internal sealed class FallbackSeries
{
    /// <summary>Gets how many were answered.</summary>
    public Counter Successes { get; } = new();

    /// <summary>Gets how many were not.</summary>
    public Counter Failures { get; } = new();
}
