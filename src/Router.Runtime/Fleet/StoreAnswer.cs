namespace RouterGen;

/// <summary>What the store of a fleet answers.</summary>
public sealed record StoreAnswer
{
    /// <summary>Gets how many instances there are, with the one that asked; 1 or more.</summary>
    public required int Instances { get; init; }

    /// <summary>Gets what is granted of limits a minute, in the order of <see cref="StoreReport.Rates"/>.</summary>
    public IReadOnlyList<RateGrant> Rates { get; init; } = [];

    /// <summary>Gets what may be held of amounts, in the order of <see cref="StoreReport.Amounts"/>.</summary>
    public IReadOnlyList<AmountGrant> Amounts { get; init; } = [];

    /// <summary>Gets all cooldowns that go on.</summary>
    public IReadOnlyList<SharedCooldown> Cooldowns { get; init; } = [];

    /// <summary>Gets the controls that have changed since <see cref="StoreReport.ControlsSeen"/>.</summary>
    public IReadOnlyList<SharedControl> Controls { get; init; } = [];

    /// <summary>Gets the number of the last change of a control.</summary>
    public long ControlsSeen { get; init; }
}

/// <summary>What is granted of a limit a minute.</summary>
/// <param name="Granted">The units; 0 where there are none.</param>
/// <param name="Headroom">The part of a minute's worth that is left, 0 to 1.</param>
/// <param name="OpensIn">When there will be as many as <see cref="RateWish.Least"/>; zero where there are.</param>
/// <param name="Instances">How many instances take of the limit, with this one; 1 or more.</param>
public readonly record struct RateGrant(long Granted, double Headroom, TimeSpan OpensIn, int Instances);

/// <summary>What may be held of an amount.</summary>
/// <param name="Held">How much, in all.</param>
/// <param name="Spent">What all instances have used up in this period.</param>
/// <param name="EndsIn">When the period ends; zero where there is none.</param>
/// <param name="Instances">How many instances hold of it, with this one; 1 or more.</param>
public readonly record struct AmountGrant(long Held, long Spent, TimeSpan EndsIn, int Instances);
