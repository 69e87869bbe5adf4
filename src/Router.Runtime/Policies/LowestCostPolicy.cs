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

    private readonly Price[] _prices = Array.ConvertAll(group.Deployments, static deployment => Price.Of(deployment.Prices));
    private readonly bool _dependsOnTime = Array.Exists(group.Deployments, static deployment => deployment.Prices is { DependsOnTime: true });

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        int input = context.Request.Shape.InputTokens;
        int output = Math.Max(0, context.Request.OutputLimit ?? UsualOutputTokens);
        var call = new CallCircumstances(context.Request.ServiceTier ?? ServiceTier.Standard, _dependsOnTime ? time.GetUtcNow() : default);
        var lowest = new MinimumPicker(random.NextUInt64());
        ReadOnlySpan<int> eligible = context.Eligible;
        for (int i = 0; i < eligible.Length; i++) lowest.Offer(i, _prices[eligible[i]].CostOf(input, output, call));
        return lowest.Index;
    }

    /// <summary>
    /// What tokens cost at a deployment, ready to be compared: of a thousand deployments, decimal numbers behind two references take
    /// five times as long.
    /// </summary>
    /// <param name="Input">USD per million input tokens, where nothing varies.</param>
    /// <param name="Output">USD per million output tokens, where nothing varies.</param>
    /// <param name="Varying">The prices where they depend on the call; else null.</param>
    private readonly record struct Price(double Input, double Output, ModelPrices? Varying)
    {
        public static Price Of(ModelPrices? prices) =>
            prices is null ? new(double.MaxValue, double.MaxValue, null) : new((double)prices.Standard.Input, (double)prices.Standard.Output, prices.Variants.Count > 0 ? prices : null);

        public double CostOf(int input, int output, CallCircumstances call)
        {
            if (Varying is null) return Cost(input, output, Input, Output);
            TokenPrices prices = Varying.For(input, call.Tier, call.At);
            return Cost(input, output, (double)prices.Input, (double)prices.Output);
        }

        private static double Cost(int input, int output, double inputPrice, double outputPrice) => Math.Min(input * inputPrice + output * outputPrice, double.MaxValue);
    }
}
