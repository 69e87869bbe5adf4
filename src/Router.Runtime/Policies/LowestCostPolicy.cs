using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Asks the deployment at which the call is likely to cost least, by its input as estimated and by the output that it
/// allows; of equals, any. Those whose price is not known come last.
/// </summary>
internal sealed class LowestCostPolicy(GroupDefinition group, RandomSource random) : SelectionPolicy
{
    // What an answer is taken to be long where the caller sets no limit.
    private const int UsualOutputTokens = 500;

    private readonly RankedPrice[] _prices = Array.ConvertAll(group.Deployments, static deployment => RankedPrice.Of(deployment.Prices));

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        double input = context.Request.Shape.InputTokens;
        double output = Math.Max(0, context.Request.OutputLimit ?? UsualOutputTokens);
        var lowest = new MinimumPicker(random.NextUInt64());
        ReadOnlySpan<int> eligible = context.Eligible;
        for (int i = 0; i < eligible.Length; i++) lowest.Offer(i, _prices[eligible[i]].For(input, output));
        return lowest.Index;
    }

    private readonly record struct RankedPrice(double Input, double Output)
    {
        private static readonly RankedPrice Unknown = new(double.MaxValue, double.MaxValue);

        public static RankedPrice Of(TokenPrices? prices) => prices is null ? Unknown : new RankedPrice((double)prices.Input, (double)prices.Output);

        public double For(double input, double output) => Math.Min(input * Input + output * Output, double.MaxValue);
    }
}
