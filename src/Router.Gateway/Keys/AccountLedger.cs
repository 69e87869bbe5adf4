using System.Collections.Concurrent;

namespace RouterGen.Gateway.Keys;

/// <summary>What all accounts use now. Thread-safe.</summary>
/// <param name="fleet">What keeps limits together with other instances; null where each instance counts by itself.</param>
internal sealed class AccountLedger(RouterFleet? fleet = null)
{
    private const int MostIdle = 50_000;

    private readonly ConcurrentDictionary<(AccountKind, string), LiveAccount> _accounts = new();

    /// <summary>Returns what an account uses.</summary>
    public LiveAccount Get(GatewayAccount account) => _accounts.GetOrAdd((account.Kind, account.SpendId), static (key, fleet) => new LiveAccount(key.Item1, key.Item2, fleet), fleet);

    /// <summary>Notes what the store has of periods.</summary>
    /// <param name="spent">What it has.</param>
    /// <param name="written">What of it was not stored before.</param>
    public void NoteStored(IReadOnlyList<PeriodSpend> spent, IReadOnlyDictionary<AccountPeriod, decimal>? written = null)
    {
        foreach (PeriodSpend one in spent)
        {
            if (_accounts.TryGetValue((one.Period.Kind, one.Period.SpendId), out LiveAccount? account)) account.NoteStored(one.Period, one.Cost, written?.GetValueOrDefault(one.Period) ?? 0);
        }
    }

    /// <summary>Forgets accounts that nothing has looked at since a moment, where there are many.</summary>
    public void Prune(DateTimeOffset since)
    {
        if (_accounts.Count < MostIdle) return;
        foreach (((AccountKind, string) key, LiveAccount account) in _accounts)
        {
            if (account.IsIdleSince(since)) _accounts.TryRemove(key, out _);
        }
    }
}
