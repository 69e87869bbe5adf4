namespace RouterGen;

/// <summary>
/// Keeps retries from becoming a storm: each call adds a fifth of a token, each further try of a deployment that has
/// already failed the call takes one. The first failover to each other deployment is free: cooldowns bound it.
/// </summary>
internal sealed class RetryBudget
{
    private const int Token = 10;
    private const int PerCall = 2;
    private const int Full = 100 * Token;

    private readonly CallBudget _budget = new(Token, PerCall, Full, start: Full);

    public void Deposit() => _budget.Deposit();

    public bool TryTake() => _budget.TryTake();
}
