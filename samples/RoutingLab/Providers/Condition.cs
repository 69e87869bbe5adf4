namespace RoutingLab;

/// <summary>Something that is wrong with a provider for a while, in seconds of the scenario's cycle.</summary>
internal abstract record Condition(double From, double To)
{
    public bool IsInForce(double second) => second >= From && second < To;
}

/// <summary>Everything takes so many times as long.</summary>
internal sealed record Brownout(double From, double To, double Factor) : Condition(From, To);

/// <summary>Every answer takes this long, whatever it would have taken.</summary>
internal sealed record Frozen(double From, double To, double Seconds) : Condition(From, To);

/// <summary>A share of the requests is answered with a 5xx; between outages of so many seconds it may work for a while.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end.</param>
/// <param name="Status">What is answered.</param>
/// <param name="Share">The fraction of the requests that fail.</param>
/// <param name="DownSeconds">How long it fails at a time; 0 is all the while.</param>
/// <param name="UpSeconds">How long it works in between.</param>
internal sealed record Failing(double From, double To, int Status = 503, double Share = 1, double DownSeconds = 0, double UpSeconds = 0) : Condition(From, To)
{
    public bool IsDown(double second) => DownSeconds <= 0 || (second - From) % (DownSeconds + UpSeconds) < DownSeconds;
}

/// <summary>Connections are refused.</summary>
internal sealed record Refusing(double From, double To) : Condition(From, To);

/// <summary>Connections are accepted and nothing ever comes.</summary>
internal sealed record BlackHole(double From, double To) : Condition(From, To);

/// <summary>Everything is answered with 429.</summary>
internal sealed record RateLimitStorm(double From, double To, double RetryAfterSeconds) : Condition(From, To);
