using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>All that one attempt needs to know.</summary>
internal readonly record struct AttemptContext(
    RouterContext Router,
    GroupDefinition Group,
    Deployment Deployment,
    Credentials Credentials,
    CallClock Clock,
    ChatRequest Request,
    TimeSpan Limit)
{
    /// <summary>Gets whether the caller asked for what the provider sent.</summary>
    public bool KeepsRaw { get; init; }

    /// <summary>Whether an exception is the attempt's failure: not the caller's cancellation, nor a transport that cannot work synchronously.</summary>
    public bool IsFailure(Exception exception) => exception is not NotSupportedException && !Clock.IsCancelledByCaller;

    /// <summary>Whether an answer comes from another origin than was asked: then nothing that it says is the deployment's word.</summary>
    public bool IsFromElsewhere(HttpResponseMessage response) => HttpTransport.WasRedirected(response, Credentials.Address!);

    /// <summary>Notes what an answer's headers say of the provider's limits, unless they are those of a caller's own key.</summary>
    public void NoteLimits(HttpResponseMessage response)
    {
        if (ReferenceEquals(Credentials, Deployment.Credentials)) Deployment.NoteLimits(response.Headers);
    }

    /// <summary>Reads an answer whose status is not a success.</summary>
    public ValueTask<AttemptFailure> ReadRefusalAsync(HttpResponseMessage response, bool async) =>
        HttpExchange.ReadRefusalAsync(response, Deployment.Definition.Codec, Router.Clock, async, Clock.Caller, Clock.Token);
}

/// <summary>How an attempt ended: an answer, a failure, or (a content filter's doing) a failure with a partial answer.</summary>
internal readonly record struct AttemptResult<T>(T? Value, AttemptFailure? Failure) where T : class
{
    /// <summary>What the provider had counted of a failed attempt; null where it did not say.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>What was lost on a stale connection, in ticks: it is no latency of the deployment.</summary>
    public long Delay { get; init; }

    /// <summary>Whether the caller cancelled, when something had been counted: then there is neither an answer nor a failure.</summary>
    public bool IsCancelled { get; init; }
}

/// <summary>A way to ask a deployment: for a whole answer, or for a stream.</summary>
internal interface IAttempt<T> where T : class
{
    /// <summary>Asks once. Failures are returned; a caller's cancellation is thrown, unless something was counted by then.</summary>
    static abstract ValueTask<AttemptResult<T>> RunAsync(AttemptContext context, bool async);

    /// <summary>The declared limit of an attempt; zero where none is declared.</summary>
    static abstract TimeSpan DeclaredLimit(GroupDefinition group);

    /// <summary>
    /// The limit where none is declared and another deployment could answer: who hangs must leave time for it. Where
    /// nobody else could, there is no limit but the total deadline.
    /// </summary>
    static abstract TimeSpan UsualLimit(TimeSpan remaining, Journey journey);
}
