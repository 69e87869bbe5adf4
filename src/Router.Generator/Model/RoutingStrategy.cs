namespace RouterGen.Generator.Model;

/// <summary>How a deployment is chosen, with the values of the runtime's <c>RouterGen.RoutingStrategy</c>.</summary>
internal enum RoutingStrategy
{
    Default = 0,
    Adaptive = 1,
    Weighted = 2,
    LeastBusy = 3,
    LowestLatency = 4,
    LowestUsage = 5,
    LowestCost = 6,
}
