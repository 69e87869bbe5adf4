namespace RouterGen;

/// <summary>How an answer came about; shared by whole and streamed answers.</summary>
internal sealed record RouteSummary(
    string ModelUsed,
    string Deployment,
    decimal? Cost,
    TimeSpan Duration,
    TimeSpan? TimeToFirstToken,
    Attempt[] Attempts)
{
    public static readonly RouteSummary None = new("", "", null, TimeSpan.Zero, null, []);
}
