namespace RouterGen;

/// <summary>When the periods of budgets begin and end.</summary>
internal static class BudgetPeriods
{
    private static readonly DateTimeOffset LastMonth = new(9999, 12, 1, 0, 0, 0, TimeSpan.Zero); // which no other follows

    /// <summary>The period that a moment is in: its first moment, and the first after it.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) Containing(DateTimeOffset moment, BudgetPeriod period)
    {
        if (period is BudgetPeriod.Month)
        {
            var first = new DateTimeOffset(moment.UtcDateTime.Year, moment.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
            return (first, first < LastMonth ? first.AddMonths(1) : DateTimeOffset.MaxValue);
        }

        TimeSpan length = period switch
        {
            BudgetPeriod.Minute => TimeSpan.FromMinutes(1),
            BudgetPeriod.Hour => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
        DateTimeOffset start = moment.AddTicks(-(moment.UtcTicks % length.Ticks)).ToUniversalTime();
        return (start, RouterClock.Later(start, length));
    }
}
