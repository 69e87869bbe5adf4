namespace RouterGen.Gateway.Keys;

/// <summary>What an account may use, its own limits before those of its budget.</summary>
/// <param name="Level">What the account is called in messages, such as <c>team 'core'</c>.</param>
/// <param name="MaxBudget">The most in a period, in USD; null for no limit.</param>
/// <param name="Duration">The period; null for one that does not end.</param>
/// <param name="DurationText">The period as it was written.</param>
/// <param name="Made">When the account was made.</param>
/// <param name="SpendFrom">When costs were last set to zero.</param>
/// <param name="Requests">The most requests a minute; null for no limit.</param>
/// <param name="Tokens">The most tokens a minute; null for no limit.</param>
/// <param name="Parallel">The most requests at a time; null for no limit.</param>
internal sealed record AccountLimits(
    string Level, decimal? MaxBudget, BudgetDuration? Duration, string? DurationText, DateTimeOffset Made, DateTimeOffset SpendFrom, long? Requests, long? Tokens, long? Parallel)
{
    /// <summary>Returns the limits of an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="budget">The budget that it refers to; null for none.</param>
    public static AccountLimits Of(GatewayAccount account, GatewayAccount? budget)
    {
        string? duration = account.BudgetDuration ?? budget?.BudgetDuration;
        return new AccountLimits(
            LevelOf(account),
            account.MaxBudget ?? budget?.MaxBudget,
            BudgetDuration.Parse(duration),
            duration,
            account.CreatedAt,
            account.SpendFrom,
            account.RpmLimit ?? budget?.RpmLimit,
            account.TpmLimit ?? budget?.TpmLimit,
            account.MaxParallelRequests ?? budget?.MaxParallelRequests);
    }

    /// <summary>Returns the period that a moment is in, and when it ends; null for never.</summary>
    public (DateTimeOffset Start, DateTimeOffset? End) PeriodOf(DateTimeOffset now)
    {
        if (Duration is not { } duration) return (SpendFrom > DateTimeOffset.UnixEpoch ? SpendFrom : DateTimeOffset.UnixEpoch, null);
        (DateTimeOffset start, DateTimeOffset end) = duration.PeriodOf(now, Made);
        return (SpendFrom > start ? SpendFrom : start, end);
    }

    private static string LevelOf(GatewayAccount account) => account.Kind switch
    {
        AccountKind.Key => $"key '{account.Alias ?? account.KeyName}'",
        AccountKind.Team => $"team '{account.Alias ?? account.Id}'",
        AccountKind.Member when account.OrganizationId is { } organization => $"member '{account.UserId}' of organization '{organization}'",
        AccountKind.Member => $"member '{account.UserId}' of team '{account.TeamId}'",
        _ => $"{account.Kind.ToString().ToLowerInvariant()} '{account.Alias ?? account.Id}'",
    };
}
