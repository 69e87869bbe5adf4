using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Asks the deployment at which the call is likely to cost least: by its input as estimated, the output that it allows, the service tier
/// that it asks for, and the time; of equals, any. Those whose price is not known come last.
/// </summary>
internal sealed class LowestCostPolicy(GroupDefinition group, RandomSource random, TimeProvider time) : SelectionPolicy
{
    // What an answer is taken to be long where the caller sets no limit.
    private const int UsualOutputTokens = 500;

    private readonly ModelPrices?[] _prices = Array.ConvertAll(group.Deployments, static deployment => deployment.Prices);
    private readonly bool _dependsOnTime = Array.Exists(group.Deployments, static deployment => deployment.Prices is { DependsOnTime: true });

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        int input = context.Request.Shape.InputTokens;
        int output = Math.Max(0, context.Request.OutputLimit ?? UsualOutputTokens);
        var call = new CallCircumstances(context.Request.ServiceTier ?? ServiceTier.Standard, _dependsOnTime ? time.GetUtcNow() : default);
        var lowest = new MinimumPicker(random.NextUInt64());
        ReadOnlySpan<int> eligible = context.Eligible;
        for (int i = 0; i < eligible.Length; i++) lowest.Offer(i, CostOf(_prices[eligible[i]], input, output, call));
        return lowest.Index;
    }

    private static double CostOf(ModelPrices? prices, int input, int output, CallCircumstances call)
    {
        if (prices is null) return double.MaxValue;
        TokenPrices price = prices.For(input, call.Tier, call.At);
        return Math.Min(input * (double)price.Input + output * (double)price.Output, double.MaxValue);
    }
}
