using System.Runtime.InteropServices;

namespace RouterGen;

/// <summary>A store in the memory of the process: it ends with it, and serves one instance. Thread-safe.</summary>
/// <param name="maxRows">The most requests of which rows are kept, the latest; 0 or more. Sums and costs of accounts are of all.</param>
public sealed class MemoryGatewayStore(int maxRows = 10_000) : IGatewayStore
{
    private const int MostDays = 400; // More than a year, so that memory has a limit.

    private readonly Lock _gate = new();
    private readonly Dictionary<(AccountKind, string), (GatewayAccount Account, long Order)> _accounts = [];
    private readonly Dictionary<AccountPeriod, decimal> _spent = [];
    private readonly Dictionary<string, GatewaySpend> _rows = new(StringComparer.Ordinal);
    private readonly Queue<GatewaySpend> _order = new();
    private readonly SortedDictionary<DateOnly, Dictionary<SpendSum, (long Requests, long Input, long Output, decimal Cost)>> _days = [];
    private long _added;

    /// <inheritdoc/>
    public ValueTask<GatewayAccount?> FindAsync(AccountKind kind, string id, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_accounts.TryGetValue((kind, id), out (GatewayAccount Account, long Order) found) ? found.Account : null);
    }

    /// <inheritdoc/>
    public ValueTask<AccountPage> ListAsync(AccountQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            GatewayAccount[] all = [.. _accounts.Values.OrderBy(static one => one.Order).Select(static one => one.Account).Where(account => IsOf(account, query))];
            return new(new AccountPage([.. all.Skip(query.Offset).Take(query.Limit)], all.Length));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(GatewayAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        lock (_gate) return new(_accounts.TryAdd((account.Kind, account.Id), (account with { Version = 1 }, _added++)));
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceAsync(string id, GatewayAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        lock (_gate)
        {
            if (!_accounts.TryGetValue((account.Kind, id), out (GatewayAccount Account, long Order) found) || found.Account.Version != account.Version) return new(false);
            if (id != account.Id && _accounts.ContainsKey((account.Kind, account.Id))) return new(false);
            _accounts.Remove((account.Kind, id));
            _accounts.Add((account.Kind, account.Id), (account with { Version = account.Version + 1 }, found.Order));
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(AccountKind kind, string id, CancellationToken cancellationToken)
    {
        lock (_gate) return new(_accounts.Remove((kind, id)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeriodSpend>> ChargeAsync(IReadOnlyList<GatewaySpend> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        lock (_gate)
        {
            var touched = new HashSet<AccountPeriod>();
            foreach (GatewaySpend row in rows)
            {
                touched.UnionWith(row.Charges);
                if (!_rows.TryAdd(row.Id, row)) continue;
                _order.Enqueue(row);
                foreach (AccountPeriod period in row.Charges) CollectionsMarshal.GetValueRefOrAddDefault(_spent, period, out _) += row.Cost;
                AddToDay(row);
            }

            while (_order.Count > maxRows) _rows.Remove(_order.Dequeue().Id);
            while (_days.Count > MostDays) _days.Remove(_days.First().Key);
            return new([.. touched.Select(period => new PeriodSpend(period, _spent.GetValueOrDefault(period)))]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeriodSpend>> SpentAsync(IReadOnlyList<AccountPeriod> periods, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(periods);
        lock (_gate) return new([.. periods.Select(period => new PeriodSpend(period, _spent.GetValueOrDefault(period)))]);
    }

    /// <inheritdoc/>
    public ValueTask<SpendPage> ReadAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_gate)
        {
            GatewaySpend[] all = [.. _rows.Values.Where(row => IsOf(row, query)).OrderByDescending(static row => row.At).ThenByDescending(static row => row.Id, StringComparer.Ordinal)];
            return new(new SpendPage([.. all.Skip(query.Offset).Take(query.Limit).Select(static row => row with { Charges = [] })], all.Length));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SpendSum>> SumAsync(SpendQuery query, SpendParts by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sums = new Dictionary<SpendSum, SpendSum>();
        lock (_gate)
        {
            foreach ((DateOnly day, Dictionary<SpendSum, (long Requests, long Input, long Output, decimal Cost)> all) in _days)
            {
                if (day < DateOnly.FromDateTime(query.From.UtcDateTime) || day.ToDateTime(default) >= query.Until.UtcDateTime) continue;
                foreach ((SpendSum part, (long requests, long input, long output, decimal cost)) in all)
                {
                    if (part.Tag is not null != by.HasFlag(SpendParts.Tag) || !IsOf(part, query)) continue;
                    SpendSum key = Keep(part with { Day = day }, by);
                    SpendSum sum = sums.GetValueOrDefault(key, key);
                    sums[key] = sum with { Requests = sum.Requests + requests, InputTokens = sum.InputTokens + input, OutputTokens = sum.OutputTokens + output, Cost = sum.Cost + cost };
                }
            }
        }

        return new([.. sums.Values.OrderBy(static sum => sum.Day).ThenByDescending(static sum => sum.Cost)]);
    }

    /// <inheritdoc/>
    public ValueTask<long> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            long count = 0;
            foreach (GatewaySpend row in _order.Where(row => row.At < before).ToArray()) count += _rows.Remove(row.Id) ? 1 : 0;
            while (_order.TryPeek(out GatewaySpend? first) && !_rows.ContainsKey(first.Id)) _order.Dequeue();
            return new(count);
        }
    }

    private static bool IsOf(GatewayAccount account, AccountQuery query) =>
        account.Kind == query.Kind && Fits(query.TeamId, account.TeamId) && Fits(query.UserId, account.UserId) && Fits(query.Alias, account.Alias);

    private static bool IsOf(GatewaySpend row, SpendQuery query) =>
        row.At >= query.From && row.At < query.Until && (query.Id is not { } id || row.Id == id || row.Id.StartsWith(id + "-", StringComparison.Ordinal))
        && Fits(query.KeyId, row.KeyId) && Fits(query.TeamId, row.TeamId) && Fits(query.UserId, row.UserId) && Fits(query.EndUser, row.EndUser);

    private static bool IsOf(SpendSum part, SpendQuery query) =>
        Fits(query.KeyId, part.KeyId) && Fits(query.TeamId, part.TeamId) && Fits(query.UserId, part.UserId) && Fits(query.EndUser, part.EndUser);

    private static bool Fits(string? wanted, string? value) => wanted is null || wanted == value;

    private static SpendSum Keep(SpendSum part, SpendParts by) => new()
    {
        Day = by.HasFlag(SpendParts.Day) ? part.Day : null,
        KeyId = by.HasFlag(SpendParts.Key) ? part.KeyId : null,
        TeamId = by.HasFlag(SpendParts.Team) ? part.TeamId : null,
        UserId = by.HasFlag(SpendParts.User) ? part.UserId : null,
        EndUser = by.HasFlag(SpendParts.EndUser) ? part.EndUser : null,
        Group = by.HasFlag(SpendParts.Group) ? part.Group : null,
        Model = by.HasFlag(SpendParts.Model) ? part.Model : null,
        Tag = part.Tag,
    };

    private void AddToDay(GatewaySpend row)
    {
        var date = DateOnly.FromDateTime(row.At.UtcDateTime);
        if (!_days.TryGetValue(date, out Dictionary<SpendSum, (long Requests, long Input, long Output, decimal Cost)>? day)) _days.Add(date, day = []);
        var part = new SpendSum { KeyId = row.KeyId, TeamId = row.TeamId, UserId = row.UserId, EndUser = row.EndUser, Group = row.Group, Model = row.Model };
        Add(part);
        foreach (string tag in row.Tags.Distinct(StringComparer.Ordinal)) Add(part with { Tag = tag });

        void Add(SpendSum key)
        {
            ref (long Requests, long Input, long Output, decimal Cost) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(day, key, out _);
            sum = (sum.Requests + 1, sum.Input + row.InputTokens, sum.Output + row.OutputTokens, sum.Cost + row.Cost);
        }
    }
}
