namespace RouterGen;

/// <summary>
/// Where a <see cref="SpendLedger"/> keeps its entries: <see cref="SpendMemory"/>, a file of <c>RouterGen.Sqlite</c>, or a store of your own. Several
/// processes may write to one. A store need not be thread-safe for writing: the ledger writes one batch after another.
/// </summary>
public interface ISpendStore
{
    /// <summary>Adds entries, all or none: when it returns, they outlive the process. One whose <see cref="SpendEntry.Id"/> is there already is ignored.</summary>
    /// <param name="entries">The entries, at least one.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    ValueTask AppendAsync(IReadOnlyList<SpendEntry> entries, CancellationToken cancellationToken);

    /// <summary>Reads the entries of a period in the order of their time.</summary>
    /// <param name="from">Its first moment.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<SpendEntry> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Adds up the entries of a period, the largest cost first. By <see cref="SpendDimension.Tag"/> an entry counts under each of its tags.</summary>
    /// <param name="by">What they are added up by.</param>
    /// <param name="from">Its first moment.</param>
    /// <param name="until">The first moment after it.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<IReadOnlyList<SpendTotal>> SumAsync(SpendDimension by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>What spending is added up by.</summary>
public enum SpendDimension
{
    /// <summary>By nothing: all of it.</summary>
    All,

    /// <summary>By the group that the deployment serves.</summary>
    Group,

    /// <summary>By the deployment, with its group.</summary>
    Deployment,

    /// <summary>By provider and model.</summary>
    Model,

    /// <summary>By tag.</summary>
    Tag,

    /// <summary>By session.</summary>
    Session,

    /// <summary>By caller.</summary>
    Caller,

    /// <summary>By day, in UTC.</summary>
    Day,
}

/// <summary>What was spent under one name.</summary>
/// <param name="Name">The name; empty for all, and where none was stated.</param>
/// <param name="Attempts">How many attempts there were.</param>
/// <param name="Failures">How many of them failed, for whatever reason.</param>
/// <param name="InputTokens">Their input tokens, as far as they are known.</param>
/// <param name="OutputTokens">Their output tokens, as far as they are known.</param>
/// <param name="Cost">Their cost in USD, as far as it is known.</param>
/// <param name="Unpriced">How many attempts have tokens of which no price is known.</param>
public sealed record SpendTotal(string Name, long Attempts, long Failures, long InputTokens, long OutputTokens, decimal Cost, long Unpriced);
