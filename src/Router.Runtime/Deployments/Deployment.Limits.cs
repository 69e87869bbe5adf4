using System.Net.Http.Headers;
using RouterGen.Infrastructure;

namespace RouterGen;

// What is left: of its own rate limits, of its provider's, and of its budget.
public sealed partial class Deployment
{
    private readonly LimitGroup? _limits;           // what it shares with others of its declared limits; null for most
    private readonly BudgetMeter _spend;
    private readonly BudgetMeter? _groupSpend;
    private readonly BudgetMeter? _budget;          // the same, where there is a limit: the only ones that a pick looks at
    private readonly BudgetMeter? _groupBudget;

    /// <summary>
    /// The part that is left of its rate limits, 0 to 1: the smallest of all that are known. A provider that reports that
    /// nothing is left makes it 0, not ineligible: its word may be old, and its 429 is what counts.
    /// </summary>
    internal double HeadroomAt(long now)
    {
        double reported = Math.Min(_endpoint.ReportedRequests.At(now), _endpoint.ReportedTokens.At(now));
        return Math.Min(reported, _settings.HeadroomAt(now));
    }

    /// <summary>Reads what the headers of an answer, whatever its status, say of the provider's limits.</summary>
    internal void NoteLimits(HttpResponseHeaders headers)
    {
        RateLimitHeaders limits = Definition.Codec.ReadLimits(headers, _context.Clock.Provider.GetUtcNow());
        if (limits.Requests.ResetsIn == TimeSpan.Zero && limits.Tokens.ResetsIn == TimeSpan.Zero) return;
        long now = _context.Clock.Now;
        if (limits.Requests.ResetsIn > TimeSpan.Zero) _endpoint.ReportedRequests.Note(now, limits.Requests.Headroom, limits.Requests.ResetsIn);
        if (limits.Tokens.ResetsIn > TimeSpan.Zero) _endpoint.ReportedTokens.Note(now, limits.Tokens.Headroom, limits.Tokens.ResetsIn);
        InvalidateEndpoint();
    }

    /// <summary>Gets whether its budget or its group's is used up, as far as is known without asking the clock.</summary>
    internal bool IsSpent => _budget is { IsSpent: true } || IsGroupSpent;

    /// <summary>Gets whether its group's budget is used up, as far as is known without asking the clock.</summary>
    internal bool IsGroupSpent => _groupBudget is { IsSpent: true };

    /// <summary>When there is money again; <paramref name="now"/> where there is.</summary>
    private long FundedAt(long now) => now + Math.Max(_budget?.ReturnsIn().Ticks ?? 0, _groupBudget?.ReturnsIn().Ticks ?? 0);

    /// <summary>
    /// Tokens were taken as estimated: corrects them to what was used, as far as that is known. The estimate stands where nothing
    /// counted (the provider may have worked on it), and where a stream was cut unless more had been counted by then. A
    /// refusal has used none; but one for the rate limit shows that there was less room than we thought, not more, and an
    /// error that broke off an answer is none.
    /// </summary>
    private static long TokensUsed(int estimated, in AttemptReport report)
    {
        if (report.Usage is { } usage && (usage.TotalTokenCount ?? usage.InputTokenCount + usage.OutputTokenCount) is { } counted)
            return Math.Max(report.IsCut ? estimated : 0, counted); // what is counted may be nonsense
        return report.FirstContentAt is null && report.Failure is { StatusCode: >= 400, Kind: not FailureKind.RateLimited } ? 0 : estimated;
    }

    private void CountSpend(in Lease lease, in AttemptReport report)
    {
        if ((report.Estimate ?? report.Usage) is not { } usage || Prices is null) return;
        long nanos = Prices.NanosOf(usage, CircumstancesOf(lease, report.Tier));
        if (nanos == 0) return;
        DateTimeOffset now = _context.Clock.Provider.GetUtcNow();
        _spend.Add(nanos, now);
        _groupSpend?.Add(nanos, now);
    }
}
