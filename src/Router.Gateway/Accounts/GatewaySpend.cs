namespace RouterGen;

/// <summary>One request of a client and what it cost. It has nothing of its content.</summary>
public sealed record GatewaySpend
{
    /// <summary>Gets the request's id. A store that has it already ignores the row, so that a batch may be written twice.</summary>
    public required string Id { get; init; }

    /// <summary>Gets when the request began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets how long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Gets the endpoint, without version, such as <c>/chat/completions</c>.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Gets the group that was asked.</summary>
    public string Group { get; init; } = "";

    /// <summary>Gets the deployment that was asked last; empty for none.</summary>
    public string Deployment { get; init; } = "";

    /// <summary>Gets the model of that deployment; empty for none.</summary>
    public string Model { get; init; } = "";

    /// <summary>Gets the status of the response; 499 where the client left.</summary>
    public int Status { get; init; }

    /// <summary>Gets the input tokens.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the output tokens.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets the cost in USD, as far as it is known.</summary>
    public decimal Cost { get; init; }

    /// <summary>Gets the id of the key; null for the master key.</summary>
    public string? KeyId { get; init; }

    /// <summary>Gets the team; null for none.</summary>
    public string? TeamId { get; init; }

    /// <summary>Gets the user; null for none.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the client's own customer; null for none.</summary>
    public string? EndUser { get; init; }

    /// <summary>Gets the tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets the accounts that are charged, each for a period.</summary>
    public IReadOnlyList<AccountPeriod> Charges { get; init; } = [];
}

/// <summary>A period of an account's budget.</summary>
/// <param name="Kind">The kind of account.</param>
/// <param name="SpendId">What its costs are counted under (<see cref="GatewayAccount.SpendId"/>).</param>
/// <param name="Start">When the period began, in UTC.</param>
public readonly record struct AccountPeriod(AccountKind Kind, string SpendId, DateTimeOffset Start);

/// <summary>What was spent in a period.</summary>
/// <param name="Period">The period.</param>
/// <param name="Cost">The cost in USD of all instances of the gateway.</param>
public readonly record struct PeriodSpend(AccountPeriod Period, decimal Cost);
