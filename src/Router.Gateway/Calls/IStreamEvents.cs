namespace RouterGen.Gateway.Calls;

/// <summary>What the updates of a stream are to a client.</summary>
/// <typeparam name="TUpdate">The updates.</typeparam>
internal interface IStreamEvents<TUpdate>
{
    /// <summary>Returns the events of an update, whole; empty where the client sees nothing of it. They hold until the next update is asked for.</summary>
    ValueTask<ReadOnlyMemory<byte>> EventsOf(TUpdate update);

    /// <summary>Returns the deployment that sends an update; null where that is not known.</summary>
    Deployment? DeploymentOf(TUpdate update);
}
