namespace RouterGen.Gateway.Calls;

/// <summary>Sees requests of clients. Called on the request's own path: what takes long belongs into a queue. Nothing may be thrown.</summary>
internal interface IGatewayObserver
{
    /// <summary>A request's headers have arrived. Its key is not checked yet.</summary>
    void CallStarted(GatewayCall call)
    {
    }

    /// <summary>The response is over, or was never given.</summary>
    void CallEnded(GatewayCall call);

    /// <summary>An attempt that lost a race has ended after its call, and is billed too.</summary>
    void AttemptEndedLate(GatewayCall call, ObservedAttempt attempt)
    {
    }
}
