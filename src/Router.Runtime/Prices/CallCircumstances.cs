namespace RouterGen;

/// <summary>What changes the price of a call beside its usage.</summary>
/// <param name="Tier">The service tier that served it.</param>
/// <param name="At">When the provider was asked; meaningless where no price depends on it.</param>
internal readonly record struct CallCircumstances(ServiceTier Tier, DateTimeOffset At);
