using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Calls;

/// <summary>Streams of conversations, whose updates are events already.</summary>
/// <param name="keeper">What sees events before the client does; null for nothing.</param>
internal readonly struct RelayEvents(IAnswerKeeper? keeper) : IStreamEvents<RelayedUpdate>
{
    public ValueTask<ReadOnlyMemory<byte>> EventsOf(RelayedUpdate update) => keeper is null || update.Events.IsEmpty ? new(update.Events) : keeper.PassAsync(update.Events, update.Deployment);

    public Deployment? DeploymentOf(RelayedUpdate update) => update.Deployment;
}
