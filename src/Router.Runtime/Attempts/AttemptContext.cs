using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>All that one attempt needs to know.</summary>
internal readonly record struct AttemptContext(
    RouterContext Router,
    AttemptScope Attempt,
    CallClock Clock,
    CallRequest Request,
    TimeSpan Limit)
{
    /// <summary>Gets how the call is routed.</summary>
    public CallOptions Routing { get; init; } = CallOptions.None;

    /// <summary>Gets the call's drill; null where it is none.</summary>
    public MockDrill? Drill { get; init; }

    /// <summary>Gets whether the caller asked for what the provider sent.</summary>
    public bool KeepsRaw => Routing.IncludeRawRepresentation;

    /// <summary>Gets what bounds the attempt.</summary>
    public CallLimits Limits => new(Deployment.GroupSettings, Routing);

    /// <summary>Gets the deployment that is asked.</summary>
    public Deployment Deployment => Attempt.Deployment;

    /// <summary>Gets what the request is authorised with.</summary>
    public Credentials Credentials => Attempt.Credentials;

    /// <summary>Gets what is asked in place of what calls ask; null for calls.</summary>
    public SideRequest? Side { get; init; }

    /// <summary>Gets how the request is written, and refusals are read.</summary>
    public Codec Codec => Side?.Codec ?? Deployment.Definition.Codec;

    /// <summary>Gets how a streamed answer is divided into events.</summary>
    public StreamFraming Framing => Deployment.Framing;

    /// <summary>Gets where the request goes.</summary>
    public Uri Address => Side?.Address ?? Credentials.AddressFor(Request, Deployment.Definition)!;

    /// <summary>Whether an exception is the attempt's failure: not the caller's cancellation, nor a transport that cannot work synchronously.</summary>
    public bool IsFailure(Exception exception) => exception is not NotSupportedException && !Clock.IsCancelledByCaller;

    /// <summary>Whether an answer comes from another origin than was asked: then nothing that it says is the deployment's word.</summary>
    public bool IsFromElsewhere(HttpResponseMessage response) => HttpTransport.WasRedirected(response, Address);

    /// <summary>Notes what an answer's headers say of the provider's limits, unless they are those of a caller's own key, or not those of calls.</summary>
    public void NoteLimits(HttpResponseMessage response)
    {
        if (Side is null && ReferenceEquals(Credentials, Deployment.Credentials)) Deployment.NoteLimits(response.Headers);
    }

    /// <summary>Reads an answer whose status is not a success.</summary>
    public ValueTask<AttemptFailure> ReadRefusalAsync(HttpResponseMessage response, bool async) =>
        HttpExchange.ReadRefusalAsync(response, Codec, Router.Clock, async, Clock.Caller, Clock.Token);
}
