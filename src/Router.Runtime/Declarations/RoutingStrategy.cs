// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>How a deployment is chosen among those that can take a call. docs/routing.md has each one's rule.</summary>
public enum RoutingStrategy
{
    /// <summary>
    /// What the group's declaration says: its strategy, where it has one; else <see cref="Weighted"/> where a deployment of the
    /// group states a weight, else <see cref="Adaptive"/>.
    /// </summary>
    Default = 0,

    /// <summary>The best by time to first token, load, and what is left of rate limits, continuously learnt.</summary>
    Adaptive,

    /// <summary>Exact shares in proportion to the deployments' weights.</summary>
    Weighted,

    /// <summary>The fewest calls in flight.</summary>
    LeastBusy,

    /// <summary>The lowest recent mean latency: to the first content for streams, in total for others.</summary>
    LowestLatency,

    /// <summary>The smallest part used of its rate limits.</summary>
    LowestUsage,

    /// <summary>The lowest price.</summary>
    LowestCost,
}
