namespace RouterGen;

/// <summary>
/// What a deployment or a group has spent in the current period, in this process. Only what providers report and whose price
/// is known is counted, to a billionth of a USD for each attempt.
/// </summary>
/// <param name="Spent">USD spent since the period began.</param>
/// <param name="Limit">USD that may be spent in a period; null where there is no budget.</param>
/// <param name="Period">The period.</param>
/// <param name="ResetsIn">How long until the next period begins.</param>
public readonly record struct BudgetStatus(decimal Spent, decimal? Limit, BudgetPeriod Period, TimeSpan ResetsIn)
{
    /// <summary>Whether nothing is left.</summary>
    public bool IsSpent => Spent >= Limit;
}
