namespace RouterGen;

/// <summary>What calls save up together for requests beyond their own: each call adds a part of a token, each such request takes one. Lock-free.</summary>
/// <param name="token">What a request takes.</param>
/// <param name="perCall">What a call adds.</param>
/// <param name="full">The most that is saved up.</param>
/// <param name="start">What there is at the start.</param>
internal sealed class CallBudget(int token, int perCall, int full, int start)
{
    private int _balance = start;

    /// <summary>Gets whether there is a token, at this moment.</summary>
    public bool HasToken => Volatile.Read(ref _balance) >= token;

    /// <summary>A call came.</summary>
    public void Deposit()
    {
        int balance = Volatile.Read(ref _balance);
        // A lost update costs a part of a token; a loop would cost more.
        if (balance < full) Interlocked.CompareExchange(ref _balance, Math.Min(full, balance + perCall), balance);
    }

    /// <summary>Takes a token, if there is one.</summary>
    public bool TryTake()
    {
        while (true)
        {
            int balance = Volatile.Read(ref _balance);
            if (balance < token) return false;
            if (Interlocked.CompareExchange(ref _balance, balance - token, balance) == balance) return true;
        }
    }
}
