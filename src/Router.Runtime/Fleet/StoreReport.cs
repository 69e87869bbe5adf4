namespace RouterGen;

/// <summary>What an instance of a fleet tells its store.</summary>
public sealed record StoreReport
{
    /// <summary>Gets the fleet's name: fleets of other names share nothing.</summary>
    public required string Fleet { get; init; }

    /// <summary>Gets the instance's id, which no other has, nor the same program when it is started again.</summary>
    public required string Instance { get; init; }

    /// <summary>Gets the number of the report: one that comes twice counts once.</summary>
    public required long Sequence { get; init; }

    /// <summary>Gets how long the answer holds, by the store's clock: what is held and not used up is free for others then.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>Gets what is used and wanted of limits a minute, in the order of <see cref="RateWish.Scope"/>.</summary>
    public IReadOnlyList<RateWish> Rates { get; init; } = [];

    /// <summary>Gets what is used and wanted of amounts, in the order of <see cref="AmountWish.Scope"/>.</summary>
    public IReadOnlyList<AmountWish> Amounts { get; init; } = [];

    /// <summary>Gets cooldowns that have begun here.</summary>
    public IReadOnlyList<SharedCooldown> Cooldowns { get; init; } = [];

    /// <summary>Gets what people changed of deployments here. The last change holds.</summary>
    public IReadOnlyList<SharedControl> Controls { get; init; } = [];

    /// <summary>Gets the <see cref="StoreAnswer.ControlsSeen"/> of the last answer: what is older is known.</summary>
    public long ControlsSeen { get; init; }

    /// <summary>Gets what the instance says of itself, as JSON; null for nothing.</summary>
    public string? Summary { get; init; }

    /// <summary>Gets whether the instance ends: what it held is free for others, and it is listed no longer.</summary>
    public bool IsLast { get; init; }
}

/// <summary>What an instance has used of a limit a minute, and wants more of.</summary>
/// <param name="Scope">The limit's name.</param>
/// <param name="PerMinute">The limit, in units a minute, of which a minute's worth may be taken at once; 1 or more.</param>
/// <param name="Debt">Units that were used and not granted: they are taken whether or not there are any.</param>
/// <param name="Returned">Units that were granted and are not used.</param>
/// <param name="Wanted">Units that are wanted; -1 where the instance takes no more of the limit for now.</param>
/// <param name="Least">How many of them a call needs that could not be made.</param>
public readonly record struct RateWish(string Scope, int PerMinute, long Debt, long Returned, long Wanted, long Least);

/// <summary>What an instance has used of an amount, and wants to hold of it.</summary>
/// <param name="Scope">The amount's name.</param>
/// <param name="Cap">How much there is.</param>
/// <param name="Period">When it is whole again; null where it is not used up but held, like places of calls under way.</param>
/// <param name="Spent">What was used up since the last report.</param>
/// <param name="Used">What is held for certain, whether or not there is so much.</param>
/// <param name="Wanted">What is to be held in all.</param>
/// <param name="Least">What is needed in all for a call that could not be made.</param>
public readonly record struct AmountWish(string Scope, long Cap, BudgetPeriod? Period, long Spent, long Used, long Wanted, long Least);

/// <summary>A cooldown, of which instances tell each other.</summary>
/// <param name="Scope">The endpoint, key and model, as a hash that tells nothing of the key.</param>
/// <param name="Remaining">How long it goes on. Where several are told of one scope, the longest holds.</param>
/// <param name="Cause">Why.</param>
/// <param name="StatusCode">The HTTP status that began it; null where there was none.</param>
public sealed record SharedCooldown(string Scope, TimeSpan Remaining, FailureKind Cause, int? StatusCode);

/// <summary>What people changed of a deployment.</summary>
/// <param name="Scope">The deployment: its group's name, a slash, and its own.</param>
/// <param name="State"><c>enabled</c>, <c>draining</c> or <c>disabled</c>; null for as it is.</param>
/// <param name="Weight">Its weight; null for as it is.</param>
public sealed record SharedControl(string Scope, string? State, double? Weight);
