using System.Collections.Concurrent;

namespace RouterGen.Gateway.Spend;

/// <summary>
/// What end users that are no customers are called in rows and sums: by their names, as far as there are not too many in a day. Clients make these names up, and sums are kept for ever. Thread-safe.
/// </summary>
internal sealed class EndUserLabels
{
    /// <summary>What all further ones are called.</summary>
    public const string Other = "(other)";

    /// <summary>The most names in a day.</summary>
    public const int Most = 10_000;

    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);
    private long _day;

    /// <summary>Returns what an end user is called; null for none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="at">When its request began.</param>
    public string? Label(string? name, DateTimeOffset at)
    {
        if (name is null) return null;
        long day = at.UtcTicks / TimeSpan.TicksPerDay;
        if (Interlocked.Exchange(ref _day, day) != day) _names.Clear();
        if (_names.ContainsKey(name)) return name;
        return _names.Count < Most && _names.TryAdd(name, true) ? name : Other;
    }
}
