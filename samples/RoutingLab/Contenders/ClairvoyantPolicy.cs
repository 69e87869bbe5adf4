using RouterGen;

namespace RoutingLab;

/// <summary>
/// Sees each provider as it is at the moment: what is wrong with it, how busy all routers keep it, what is left of its limits,
/// and whether a connection to it is open. It does not see the draws, nor the future: it takes the deployment at which the
/// call at hand is expected to be answered first. What separates a rule from it is what the rule does not know.
/// </summary>
internal sealed class ClairvoyantPolicy(SimulatedTransport transport, Scenario scenario) : SelectionPolicy
{
    private readonly Dictionary<string, int> _providers = scenario.Providers.Select(static (provider, index) => (provider.Name, index)).ToDictionary(static pair => pair.Name, static pair => pair.index);

    public override int Pick(in SelectionContext context)
    {
        var request = (ChatRequest)context.Request;
        int inputTokens = Prompts.TokensOf(request.Messages);
        int outputLimit = request.Options?.MaxOutputTokens ?? 1;
        double sure = scenario.TimeoutSeconds; // what it takes where nothing fails, for calls that fail elsewhere
        for (int i = 0; i < context.Count && scenario.MaxAttempts != 1; i++)
        {
            Prospect prospect = Foresee(context[i]);
            if (prospect.Failing == 0) sure = Math.Min(sure, prospect.Seconds);
        }

        int best = 0;
        double least = double.MaxValue;
        for (int i = 0; i < context.Count; i++)
        {
            Prospect prospect = Foresee(context[i]);
            double expected = (1 - prospect.Failing) * prospect.Seconds + prospect.Failing * (prospect.FailureSeconds + sure);
            if (expected >= least) continue;
            least = expected;
            best = i;
        }

        return best;

        Prospect Foresee(Deployment deployment) => transport.Foresee(_providers[deployment.Name], inputTokens, outputLimit);
    }
}
