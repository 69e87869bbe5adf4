namespace RouterGen.Gateway.Metrics;

/// <summary>What is measured of the attempts at a deployment.</summary>
internal sealed class DeploymentSeries
{
    // A billionth of a dollar: what a token of the cheapest models costs is some ten of them.
    private const decimal CostUnit = 1_000_000_000;

    private readonly Counter _cost = new();
    private readonly Lock _gate = new();
    private DateTimeOffset _cooldown;

    /// <summary>Gets how long attempts took, streams to their end.</summary>
    public Histogram Duration { get; } = new();

    /// <summary>Gets how long streams took to their first content.</summary>
    public Histogram TimeToFirstToken { get; } = new();

    /// <summary>Gets the tokens that were sent.</summary>
    public Counter InputTokens { get; } = new();

    /// <summary>Gets the tokens that were answered.</summary>
    public Counter OutputTokens { get; } = new();

    /// <summary>Gets how often the deployment began to cool down after requests of the gateway had failed.</summary>
    public Counter Cooldowns { get; } = new();

    /// <summary>Gets how many attempts succeeded.</summary>
    public Counter Successes { get; } = new();

    /// <summary>Gets how many attempts failed.</summary>
    public Counter Failures { get; } = new();

    /// <summary>Gets the cost of all attempts, in USD.</summary>
    public double Cost => (double)(_cost.Value / CostUnit);

    /// <summary>Adds what an attempt cost, in USD.</summary>
    public void AddCost(decimal usd) => _cost.Add((long)(usd * CostUnit));

    /// <summary>Notes until when the deployment cools down, which several requests may see.</summary>
    public void NoteCooldown(DateTimeOffset until)
    {
        lock (_gate)
        {
            if (until <= _cooldown) return;
            _cooldown = until;
        }

        Cooldowns.Add();
    }
}
