namespace RouterGen;

/// <summary>Which requests are listed or added up: those that have all that is stated.</summary>
public sealed record SpendQuery
{
    /// <summary>Gets the first moment.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Gets the first moment that is no longer of it. Sums are of whole days in UTC.</summary>
    public DateTimeOffset Until { get; init; } = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Gets the request: rows whose id is this, or this with a hyphen and more; null for any. Sums do not know it.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the key; null for any.</summary>
    public string? KeyId { get; init; }

    /// <summary>Gets the team; null for any.</summary>
    public string? TeamId { get; init; }

    /// <summary>Gets the user; null for any.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the client's own customer; null for any.</summary>
    public string? EndUser { get; init; }

    /// <summary>Gets how many are passed over; 0 or more.</summary>
    public int Offset { get; init; }

    /// <summary>Gets the most that are returned; 1 or more.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A part of a list of requests, the latest first.</summary>
/// <param name="Rows">The requests, without <see cref="GatewaySpend.Charges"/>.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record SpendPage(IReadOnlyList<GatewaySpend> Rows, long Total);

/// <summary>What requests are added up by; any of them together.</summary>
[Flags]
public enum SpendParts
{
    /// <summary>All in one sum.</summary>
    None = 0,

    /// <summary>The day, in UTC.</summary>
    Day = 1,

    /// <summary>The key.</summary>
    Key = 2,

    /// <summary>The team.</summary>
    Team = 4,

    /// <summary>The user.</summary>
    User = 8,

    /// <summary>The client's own customer.</summary>
    EndUser = 16,

    /// <summary>The group.</summary>
    Group = 32,

    /// <summary>The model.</summary>
    Model = 64,

    /// <summary>The tag: a request counts in full for each of its tags, and one without tags for none.</summary>
    Tag = 128,
}

/// <summary>What requests came to that have something in common. What they are not added up by is null.</summary>
public sealed record SpendSum
{
    /// <summary>Gets the day, in UTC.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Gets the key; null also for the master key.</summary>
    public string? KeyId { get; init; }

    /// <summary>Gets the team.</summary>
    public string? TeamId { get; init; }

    /// <summary>Gets the user.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the client's own customer.</summary>
    public string? EndUser { get; init; }

    /// <summary>Gets the group.</summary>
    public string? Group { get; init; }

    /// <summary>Gets the model.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Gets the number of requests.</summary>
    public long Requests { get; init; }

    /// <summary>Gets the input tokens.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets the cost in USD.</summary>
    public decimal Cost { get; init; }
}
