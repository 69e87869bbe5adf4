using System.Globalization;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Keys;

/// <summary>A limit that lets no request in now: of what, and when it does again.</summary>
/// <param name="Message">Which account has which limit, and when it is over.</param>
/// <param name="Reason">What kind of limit it is.</param>
/// <param name="RetryAfter">When it is over; null where that is not known.</param>
internal readonly record struct LimitReached(string Message, ErrorReason Reason, TimeSpan? RetryAfter)
{
    /// <summary>Returns the error of a client.</summary>
    /// <remarks>
    /// A budget that is spent is a 429 of the type <c>budget_exceeded</c>, as LiteLLM's current source has it (older versions: 400), and as OpenAI answers where an account has no money (429,
    /// insufficient_quota). Clients must not try again by themselves, for which there is <c>x-should-retry: false</c>: money does not come back within their patience.
    /// </remarks>
    public GatewayError ToError() => new(429, Reason, Message)
    {
        Code = Reason is ErrorReason.BudgetExceeded ? "budget_exceeded" : "rate_limit_exceeded",
        RetryAfter = RetryAfter,
        IsFinal = Reason is ErrorReason.BudgetExceeded,
    };

    public static LimitReached Budget(AccountLimits limits, decimal budget, decimal spent, decimal reserved, DateTimeOffset? end, DateTimeOffset now)
    {
        string period = limits.DurationText is { } text ? $" for {text}" : "";
        string underWay = reserved > 0 ? string.Create(CultureInfo.InvariantCulture, $", and up to {Usd(reserved)} USD by requests that are under way") : "";
        string next = end is { } until ? string.Create(CultureInfo.InvariantCulture, $" It begins again at {until.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}.") : " It does not begin again by itself: ask those who manage the gateway.";
        return new LimitReached($"The budget of {limits.Level}{period} is {Usd(budget)} USD, of which {Usd(spent)} USD are spent{underWay}.{next}", ErrorReason.BudgetExceeded, end - now);
    }

    public static LimitReached Rate(AccountLimits limits, long limit, string what, TimeSpan wait) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The limit of {limits.Level} is {limit} {what} a minute, and it is reached. It begins again in {Math.Ceiling(wait.TotalSeconds)} s."), ErrorReason.RateLimited, wait);

    // Nothing tells when one ends; a second is the shortest that a client can be told.
    public static LimitReached Parallel(AccountLimits limits, long limit) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The limit of {limits.Level} is {limit} requests at a time, and so many are under way. Send the request when one has ended."), ErrorReason.RateLimited, TimeSpan.FromSeconds(1));

    private static string Usd(decimal cost) => cost.ToString("0.############", CultureInfo.InvariantCulture);
}
