namespace RouterGen;

/// <summary>
/// Chooses the same deployment for the same key, without remembering anything: weighted rendezvous hashing (Thaler and
/// Ravishankar's highest random weight; -w / ln u as the weight). Each process comes to the same result; over many keys the
/// shares are as the weights; and when a deployment goes away, only its keys move, and come back with it.
/// </summary>
internal static class StickyChoice
{
    /// <summary>Nobody is to be preferred.</summary>
    public const int None = -1;

    /// <summary>A deployment takes a long prefix's calls up to so many times its fair share of those in flight, and one more.</summary>
    private const double Overload = 1.25;

    /// <summary>The place of the key's deployment among those that can take the call.</summary>
    /// <param name="context">The call, and who can take it.</param>
    /// <param name="key">What keeps it to a deployment.</param>
    public static int Pick(in SelectionContext context, StickyKey key)
    {
        double perWeight = key.Kind is StickyKind.Prefix ? FairShare(context) * Overload : double.PositiveInfinity;
        int chosen = None;
        double best = 0;
        for (int i = 0; i < context.Count; i++)
        {
            Deployment deployment = context[i];
            if (deployment.InFlight > perWeight * deployment.Weight + 1) continue;
            double point = PointOf(key.Hash, deployment);

            // The logarithm is what costs: -ln u >= 1 - u tells most of the time that it cannot win.
            if (chosen != None && deployment.Weight <= best * (1 - point)) continue;
            double score = deployment.Weight / -Math.Log(point);
            if (score <= best) continue;
            best = score;
            chosen = i;
        }

        return chosen;
    }

    /// <summary>Where a key falls at a deployment, between 0 and 1.</summary>
    private static double PointOf(ulong key, Deployment deployment) =>
        ((StableHash.Combine(key, deployment.NameHash) >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>The calls in flight for each unit of weight.</summary>
    private static double FairShare(in SelectionContext context)
    {
        double calls = 0;
        double weight = 0;
        for (int i = 0; i < context.Count; i++)
        {
            Deployment deployment = context[i];
            calls += deployment.InFlight;
            weight += deployment.Weight;
        }

        return calls / weight;
    }
}
