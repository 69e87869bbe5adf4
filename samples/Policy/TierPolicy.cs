using RouterGen;

namespace Policy;

/// <summary>
/// Personal data goes to private deployments only; large models are for callers of the tier "gold". Of the deployments that are left,
/// the caller of the tier "gold" gets the large one, and any other the one with the fewest calls in flight.
/// </summary>
internal sealed class TierPolicy : SelectionPolicy
{
    public override int Pick(in SelectionContext context)
    {
        bool isPersonal = context.Request is ChatRequest chat && chat.Messages.Any(message => PersonalText.IsIn(message.Text));
        bool isGold = context.Routing.Properties.TryGetValue("tier", out object? tier) && tier is "gold";
        int best = Refuse; // What is returned where no deployment will do: the call fails, and no fallback takes over.
        for (int i = 0; i < context.Count; i++)
        {
            Deployment deployment = context[i];
            bool isLarge = deployment.Tags.Contains("gold");
            if (isPersonal != deployment.Tags.Contains("private") || (isLarge && !isGold)) continue;
            if (best == Refuse || isLarge || (!context[best].Tags.Contains("gold") && deployment.InFlight < context[best].InFlight)) best = i;
        }

        return best;
    }
}
