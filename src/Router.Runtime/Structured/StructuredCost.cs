using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What the calls for a structured answer came to together.</summary>
/// <param name="Last">The answer of the last call.</param>
/// <param name="First">The answer that had to be repaired; null where none had.</param>
internal sealed record StructuredCost(RoutedResponse Last, RoutedResponse? First)
{
    public decimal? Sum => First is null ? Last.Cost : First.Cost + Last.Cost;

    public IReadOnlyList<Attempt> Attempts => First is null ? Last.Attempts : [.. First.Attempts, .. Last.Attempts];

    public UsageDetails? Usage
    {
        get
        {
            if (First?.Usage is not { } first) return Last.Usage;
            var sum = new UsageDetails();
            sum.Add(first);
            if (Last.Usage is { } last) sum.Add(last);
            return sum;
        }
    }
}
