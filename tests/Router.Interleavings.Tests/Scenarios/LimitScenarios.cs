namespace RouterGen.Interleavings.Tests;

/// <summary>Rate limits and budgets alone.</summary>
internal static class LimitScenarios
{
    /// <summary>A limit admits what it says, and no more.</summary>
    public static void Takes(Interleaving run)
    {
        var limit = new RateLimit(perMinute: 2);
        int taken = 0;
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                if (limit.TryTake(now: 0, units: 1)) taken++;
            });
        }

        run.Finally(() =>
        {
            Assert.Equal(2, taken);
            Assert.Equal(0, limit.HeadroomAt(0));
        });
    }

    /// <summary>What is given back is there again, and what is corrected is counted.</summary>
    public static void Corrections(Interleaving run)
    {
        var limit = new RateLimit(perMinute: 10);
        Assert.True(limit.TryTake(now: 0, units: 4));
        run.Add("gives back", () => limit.Adjust(-2, now: 0));
        run.Add("takes more", () => limit.Adjust(3, now: 0));
        run.Add("takes", () => Assert.True(limit.TryTake(now: 0, units: 1)));
        run.Finally(() => Assert.Equal(0.4, limit.HeadroomAt(0), 6));
    }

    /// <summary>All that is spent is counted, over the end of a period too.</summary>
    public static void Spending(Interleaving run)
    {
        StrandTime time = run.Time;
        var meter = new BudgetMeter(limit: 1, BudgetPeriod.Minute, time);
        DateTimeOffset before = time.GetUtcNow();
        time.Advance(TimeSpan.FromMinutes(1));
        DateTimeOffset after = time.GetUtcNow();
        for (int i = 0; i < 3; i++) run.Add($"{i}", () => meter.Add(300_000_000, after));
        run.Add("late", () => meter.Add(1, before));
        run.Finally(() => Assert.InRange(meter.Status.Spent, 0.9m, 0.9m + 0.000_000_001m));
    }

    /// <summary>A budget for retries and hedges is not overdrawn.</summary>
    public static void Tokens(Interleaving run)
    {
        var budget = new CallBudget(token: 10, perCall: 2, full: 100, start: 20);
        int taken = 0;
        for (int i = 0; i < 3; i++)
        {
            run.Add($"{i}", () =>
            {
                if (budget.TryTake()) taken++;
            });
        }

        run.Finally(() => Assert.Equal((2, false), (taken, budget.HasToken)));
    }
}
