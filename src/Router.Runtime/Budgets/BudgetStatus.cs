using System.Globalization;

namespace RouterGen;

/// <summary>
/// What a deployment or a group has spent in the current period, in this process, or where there is a budget and a fleet (<see cref="RouterOptions.Fleet"/>) in all its instances. Only what providers report and whose price
/// is known is counted, to a billionth of a USD for each attempt.
/// </summary>
/// <param name="Spent">USD spent since the period began.</param>
/// <param name="Limit">USD that may be spent in a period; null where there is no budget.</param>
/// <param name="Period">The period.</param>
/// <param name="ResetsIn">How long until the next period begins.</param>
public readonly record struct BudgetStatus(decimal Spent, decimal? Limit, BudgetPeriod Period, TimeSpan ResetsIn)
{
    /// <summary>Gets whether nothing is left.</summary>
    public bool IsSpent => Spent >= Limit;

    /// <summary>One line for people: <c>$12.5 of $20 spent, resets in 3 d 21 h</c>.</summary>
    public override string ToString()
    {
        string of = Limit is { } limit ? $" of {Dollars(limit)}" : "";
        return $"{Dollars(Spent)}{of} spent, resets in {Rough(ResetsIn)}";
    }

    private static string Dollars(decimal usd) => "$" + usd.ToString("#,0.#########", CultureInfo.InvariantCulture);

    // In its two largest units, since a month is not waited for by the second.
    private static string Rough(TimeSpan span) =>
        span.TotalDays >= 1 ? $"{span.Days} d {span.Hours} h"
        : span.TotalHours >= 1 ? $"{span.Hours} h {span.Minutes} min"
        : span.TotalMinutes >= 1 ? $"{span.Minutes} min {span.Seconds} s"
        : $"{Math.Ceiling(span.TotalSeconds)} s";
}
