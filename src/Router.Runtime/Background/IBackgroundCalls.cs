using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the router itself sends to deployments in the background, for the groups of one kind of call.</summary>
internal interface IBackgroundCalls
{
    /// <summary>Gets what a probe demands of a deployment.</summary>
    CallProfile Probe { get; }

    /// <summary>Sends a probe, the smallest request that there is, if the deployment can take it. Notes failures of the deployment itself.</summary>
    /// <returns>Whether it was sent, and told something: false where the deployment took no request, or it could not be sent.</returns>
    Task<bool> ProbeAsync(RouterContext router, Deployment deployment);

    /// <summary>Asks a deployment once for a whole answer, of which only the report is kept.</summary>
    ValueTask<AttemptReport> AskOnceAsync(AttemptContext context);
}
