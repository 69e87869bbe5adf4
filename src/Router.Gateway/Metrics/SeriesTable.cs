using System.Collections.Concurrent;

namespace RouterGen.Gateway.Metrics;

/// <summary>Series by their labels. Their number is bounded: what comes when it is reached is counted together, under labels that say so. Thread-safe.</summary>
/// <typeparam name="TSeries">What is counted.</typeparam>
/// <param name="make">Makes a series.</param>
internal sealed class SeriesTable<TSeries>(Func<TSeries> make)
    where TSeries : class
{
    /// <summary>The most series of a table.</summary>
    public const int Most = 4000;

    private const string Other = "(other)";

    private readonly ConcurrentDictionary<LabelValues, TSeries> _all = new();
    private int _count;

    /// <summary>Returns the series of some labels.</summary>
    public TSeries Of(in LabelValues labels)
    {
        if (_all.TryGetValue(labels, out TSeries? known)) return known;
        if (Volatile.Read(ref _count) >= Most) return _all.GetOrAdd(new LabelValues(Other, Other, Other, Other), static (_, make) => make(), make);
        return _all.GetOrAdd(labels, static (_, table) => table.Add(), this);
    }

    /// <summary>Returns all series, in the order of their labels.</summary>
    public KeyValuePair<LabelValues, TSeries>[] All()
    {
        KeyValuePair<LabelValues, TSeries>[] all = [.. _all];
        Array.Sort(all, static (one, other) => Compare(one.Key, other.Key));
        return all;
    }

    private static int Compare(in LabelValues one, in LabelValues other)
    {
        for (int place = 0; place < 4; place++)
        {
            int order = string.CompareOrdinal(one[place], other[place]);
            if (order != 0) return order;
        }

        return 0;
    }

    private TSeries Add()
    {
        Interlocked.Increment(ref _count);
        return make();
    }
}
