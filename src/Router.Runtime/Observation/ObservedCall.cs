using System.Diagnostics;

namespace RouterGen;

/// <summary>A call, as an <see cref="IRouterObserver"/> sees it. What its answer tells is set when it has ended.</summary>
public sealed class ObservedCall
{
    private readonly Lock _gate = new();
    private string? _id;
    private decimal _cost;

    internal ObservedCall(string group, CallRequest request, CallOptions routing, DateTimeOffset startedAt)
    {
        Group = group;
        Request = request;
        Routing = routing;
        StartedAt = startedAt;
    }

    /// <summary>Gets the number of the call, which no other call has: 32 hexadecimal digits.</summary>
    public string Id => _id ?? ObservationId.Make(ref _id);

    /// <summary>Gets the name of the group that was asked.</summary>
    public string Group { get; }

    /// <summary>Gets the kind of call.</summary>
    public CallKind Kind => Request.Kind;

    /// <summary>Gets whether the answer is streamed.</summary>
    public bool IsStreaming => Request.IsStreaming;

    /// <summary>Gets how the caller routes it.</summary>
    public CallOptions Routing { get; }

    /// <summary>Gets when it began.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Gets how long it took; zero before its end.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>Gets why it failed; <see cref="FailureKind.None"/> where it was answered, or is still under way.</summary>
    public FailureKind Outcome { get; internal set; }

    /// <summary>Gets whether its caller left the stream before its end.</summary>
    public bool LeftEarly { get; internal set; }

    /// <summary>Gets the last attempt, which answered where <see cref="Outcome"/> is <see cref="FailureKind.None"/>; null before the first.</summary>
    public ObservedAttempt? LastAttempt { get; internal set; }

    /// <summary>Gets how many attempts were made.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Gets what all attempts cost together in USD, as far as it is known: an attempt that lost a race is billed too, once it has ended.</summary>
    public decimal Cost
    {
        get
        {
            lock (_gate) return _cost;
        }
    }

    /// <summary>Gets what was asked for.</summary>
    internal CallRequest Request { get; }

    /// <summary>Gets the span of the call, for tags of your own while it is under way; null where none is recorded.</summary>
    public Activity? Span { get; internal init; }

    /// <summary>Adds what an attempt cost; two may end at once.</summary>
    internal void Add(decimal cost)
    {
        lock (_gate) _cost += cost;
    }
}
