using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace RouterGen;

/// <summary>What is measured of groups when a listener asks: headroom, calls in flight, and calls that wait. A group that is no longer used is forgotten.</summary>
internal static class GroupGauges
{
    private static readonly ConditionalWeakTable<IGauged, object?> Groups = [];

    static GroupGauges()
    {
        RouterTelemetry.Meter.CreateObservableGauge("routergen.headroom", static () => OfDeployments(static deployment => deployment.Headroom), "1", "The part that is left of a deployment's rate limits.");
        RouterTelemetry.Meter.CreateObservableUpDownCounter("routergen.in_flight", static () => OfDeployments(static deployment => deployment.InFlight), "{call}", "Calls under way at a deployment.");
        RouterTelemetry.Meter.CreateObservableUpDownCounter("routergen.queue.length", QueueLengths, "{call}", "Calls that wait for a deployment of a group.");
    }

    /// <summary>Has a group measured for as long as it is referenced.</summary>
    public static void Add(IGauged group) => Groups.Add(group, null);

    private static IEnumerable<Measurement<double>> OfDeployments(Func<Deployment, double> figure)
    {
        foreach ((IGauged group, _) in Groups)
        {
            foreach (Deployment deployment in group.Deployments)
            {
                yield return new Measurement<double>(figure(deployment), new(GenAI.Group, group.Name), new(GenAI.Deployment, deployment.Name));
            }
        }
    }

    private static IEnumerable<Measurement<double>> QueueLengths()
    {
        foreach ((IGauged group, _) in Groups) yield return new Measurement<double>(group.Waiting, new KeyValuePair<string, object?>(GenAI.Group, group.Name));
    }
}

/// <summary>What is measured of a group.</summary>
internal interface IGauged
{
    /// <summary>Gets its name.</summary>
    string Name { get; }

    /// <summary>Gets its deployments.</summary>
    Deployment[] Deployments { get; }

    /// <summary>Gets how many calls wait for one of them.</summary>
    int Waiting { get; }
}
