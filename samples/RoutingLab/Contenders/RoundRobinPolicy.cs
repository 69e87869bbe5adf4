using RouterGen;

namespace RoutingLab;

/// <summary>One after the other.</summary>
internal sealed class RoundRobinPolicy : SelectionPolicy
{
    private uint _next;

    public override int Pick(in SelectionContext context) => (int)(_next++ % (uint)context.Count);
}
