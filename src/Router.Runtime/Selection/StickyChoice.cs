namespace RouterGen;

/// <summary>
/// Chooses the same deployment for the same key, without remembering anything: weighted rendezvous hashing (Thaler and
/// Ravishankar's highest random weight; -w / ln u as the weight). Each process comes to the same result; over many keys the
/// shares are as the weights; and when a deployment goes away, only its keys move, and come back with it.
/// </summary>
internal static class StickyChoice
{
    /// <summary>None is preferred.</summary>
    public const int None = -1;

    /// <summary>A pin is left while its deployment takes so many times as long as the fastest.</summary>
    private const float SlowerThanBest = 2;

    /// <summary>A deployment takes a long prefix's calls up to so many times its fair share of those in flight, and one more.</summary>
    private const double Overload = 1.25;

    /// <summary>The place of the key's deployment among those that can take the call.</summary>
    /// <param name="context">The call, and the deployments that can take it.</param>
    /// <param name="key">What keeps it to a deployment.</param>
    /// <param name="keepsShares">Whether shares matter more than speed: then it stays, however slow the deployment is.</param>
    public static int Pick(in SelectionContext context, StickyKey key, bool keepsShares)
    {
        float patience = keepsShares ? float.PositiveInfinity : Patience(context);
        double perWeight = key.Kind is StickyKind.Prefix ? FairShare(context, patience) * Overload : double.PositiveInfinity;
        while (true)
        {
            int chosen = Find(context, key, patience, perWeight);
            if (chosen == None) return None;

            // One that was left for being slow, long ago, is measured by one call; the others look again, and see that.
            Deployment deployment = context[chosen];
            if (deployment.LatencyOf(context.IsStreaming).Average.Value <= patience || deployment.TryInvite(context.IsStreaming, context.Now)) return chosen;
        }
    }

    /// <summary>The deployment that a key belongs to, whatever its state; null where none can serve the call.</summary>
    public static Deployment? HomeOf(Deployment[] deployments, in DeploymentSet unsuited, StickyKey key)
    {
        Deployment? home = null;
        double best = 0;
        foreach (Deployment deployment in deployments)
        {
            if (unsuited.Contains(deployment.Index)) continue;
            double score = deployment.Weight / -Math.Log(PointOf(key.Hash, deployment));
            if (score <= best) continue;
            best = score;
            home = deployment;
        }

        return home;
    }

    private static int Find(in SelectionContext context, StickyKey key, float patience, double perWeight)
    {
        int chosen = None;
        double best = 0;
        for (int i = 0; i < context.Count; i++)
        {
            Deployment deployment = context[i];
            if (IsSlow(context, deployment, patience) || deployment.InFlight > perWeight * deployment.Weight + 1) continue;
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

    /// <summary>The longest latency, in milliseconds, that is not slow. The unknown set no example, and what is shorter than they are taken for is noise.</summary>
    private static float Patience(in SelectionContext context)
    {
        float best = float.PositiveInfinity;
        for (int i = 0; i < context.Count; i++)
        {
            ref LatencyRecord latency = ref context[i].LatencyOf(context.IsStreaming);
            if (latency.Average.IsKnown) best = Math.Min(best, latency.Average.Value);
        }

        return SlowerThanBest * Math.Max(best, LatencyAverage.Unseen);
    }

    private static bool IsSlow(in SelectionContext context, Deployment deployment, float patience) =>
        patience < float.PositiveInfinity && deployment.LatencyOf(context.IsStreaming).ExpectedAt(context.Now) > patience;

    /// <summary>The calls in flight for each unit of weight, among those that are not slow.</summary>
    private static double FairShare(in SelectionContext context, float patience)
    {
        double calls = 0;
        double weight = 0;
        for (int i = 0; i < context.Count; i++)
        {
            Deployment deployment = context[i];
            if (IsSlow(context, deployment, patience)) continue;
            calls += deployment.InFlight;
            weight += deployment.Weight;
        }

        return calls / weight;
    }
}
