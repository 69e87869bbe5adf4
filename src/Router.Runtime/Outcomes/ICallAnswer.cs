using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a deployment answered, of any kind of call: as far as routing must know it.</summary>
internal interface ICallAnswer
{
    /// <summary>Gets what the provider counted; null where it did not say.</summary>
    UsageDetails? Usage { get; }

    /// <summary>Gets the service tier that served it; null where the provider did not say.</summary>
    ServiceTier? Tier { get; }
}
