using RouterGen;

namespace RoutingLab;

/// <summary>Any of them, by lot. LiteLLM's default where no weights or limits are stated.</summary>
internal sealed class RandomPolicy(Draws draws) : SelectionPolicy
{
    public override int Pick(in SelectionContext context) => draws.Next(context.Count);
}
