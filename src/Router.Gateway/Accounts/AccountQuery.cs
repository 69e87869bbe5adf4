namespace RouterGen;

/// <summary>Which accounts are listed: those that have all that is stated, the oldest first.</summary>
public sealed record AccountQuery
{
    /// <summary>Gets the kind.</summary>
    public required AccountKind Kind { get; init; }

    /// <summary>Gets the team; null for any.</summary>
    public string? TeamId { get; init; }

    /// <summary>Gets the user; null for any.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the alias; null for any.</summary>
    public string? Alias { get; init; }

    /// <summary>Gets how many are passed over; 0 or more.</summary>
    public int Offset { get; init; }

    /// <summary>Gets the most that are returned; 1 or more.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A part of a list of accounts.</summary>
/// <param name="Accounts">The accounts.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record AccountPage(IReadOnlyList<GatewayAccount> Accounts, long Total);
