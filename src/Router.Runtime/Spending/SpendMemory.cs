using System.Globalization;
using System.Runtime.CompilerServices;

namespace RouterGen;

/// <summary>Entries that are kept in memory: for tests, and for programs whose spending matters no longer than they run. Thread-safe.</summary>
public sealed class SpendMemory : ISpendStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SpendEntry> _entries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<SpendEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        lock (_gate)
        {
            foreach (SpendEntry entry in entries) _entries.TryAdd(entry.Id, entry);
        }

        return default;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpendEntry> ReadAsync(DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (SpendEntry entry in Within(from, until))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SpendTotal>> SumAsync(SpendDimension by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        IReadOnlyList<SpendTotal> totals =
        [
            .. Within(from, until)
                .SelectMany(entry => NamesOf(by, entry).Select(name => (Name: name, Entry: entry)))
                .GroupBy(static named => named.Name, static named => named.Entry, StringComparer.Ordinal)
                .Select(static named => new SpendTotal(
                    named.Key,
                    named.LongCount(),
                    named.LongCount(static entry => entry.Outcome is not FailureKind.None),
                    named.Sum(static entry => entry.InputTokens ?? 0),
                    named.Sum(static entry => entry.OutputTokens ?? 0),
                    named.Sum(static entry => entry.Cost ?? 0),
                    named.LongCount(static entry => entry is { Cost: null, InputTokens: not null })))
                .OrderByDescending(static total => total.Cost)
                .ThenBy(static total => total.Name, StringComparer.Ordinal),
        ];
        return new(totals);
    }

    private SpendEntry[] Within(DateTimeOffset from, DateTimeOffset until)
    {
        lock (_gate) return [.. _entries.Values.Where(entry => entry.At >= from && entry.At < until).OrderBy(static entry => entry.At)];
    }

    private static IReadOnlyList<string> NamesOf(SpendDimension by, SpendEntry entry) => by switch
    {
        SpendDimension.All => [""],
        SpendDimension.Group => [entry.Group],
        SpendDimension.Deployment => [entry.Group + ": " + entry.Deployment],
        SpendDimension.Model => [entry.Model],
        SpendDimension.Tag => entry.Tags.Count == 0 ? [""] : entry.Tags,
        SpendDimension.Session => [entry.Session ?? ""],
        SpendDimension.Caller => [entry.Caller ?? ""],
        SpendDimension.Day => [entry.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "The value is not a defined dimension."),
    };
}
