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

    private int _balance = Full;

    public void Deposit()
    {
        int balance = Volatile.Read(ref _balance);
        // A lost update costs a fifth of a token; a loop would cost more.
        if (balance < Full) Interlocked.CompareExchange(ref _balance, Math.Min(Full, balance + PerCall), balance);
    }

    public bool TryTake()
    {
        while (true)
        {
            int balance = Volatile.Read(ref _balance);
            if (balance < Token) return false;
            if (Interlocked.CompareExchange(ref _balance, balance - Token, balance) == balance) return true;
        }
    }
}
