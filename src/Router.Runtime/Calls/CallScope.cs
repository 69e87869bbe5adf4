using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// One call, from the caller's request to its end: copies for shadows, the deadline, the way through groups and deployments. Disposing it
/// ends whatever is still under way, so that each path out of a call leaves nothing behind.
/// </summary>
internal readonly struct CallScope : IDisposable
{
    private readonly RouterContext _router;

    private CallScope(RouterContext router, CallRoute route)
    {
        _router = router;
        CallRoute = route;
    }

    /// <summary>Gets the way of the call.</summary>
    public CallRoute CallRoute { get; }

    /// <summary>Gets the attempt that answers the call.</summary>
    public AttemptScope Attempt => CallRoute.Attempt;

    /// <summary>Begins a call.</summary>
    /// <param name="group">The group that the caller asks.</param>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="routing">How the call is routed.</param>
    /// <param name="caller">Canceled when the caller has no more use for the answer.</param>
    public static CallScope Begin(GroupState group, CallRequest request, CallOptions routing, CancellationToken caller)
    {
        RouterContext router = group.Router;
        group.Mirroring.Copy(request, routing, caller);
        CallClock clock = router.StartCall(routing.Timeout ?? group.Settings.Timeout, caller);
        ObservedCall? observed = CallWatch.Start(router, group.Name, request, routing);
        try
        {
            return new CallScope(router, new CallRoute(router, clock, group, request, routing, observed));
        }
        catch
        {
            // What the caller gave cannot be read.
            if (observed is not null) CallWatch.End(router, observed, TimeSpan.Zero, FailureKind.InvalidRequest, leftEarly: false);
            router.EndCall(clock);
            throw;
        }
    }

    /// <summary>Asks deployments until one answers.</summary>
    /// <inheritdoc cref="RetryLoop.RunAsync"/>
    public ValueTask<T> AskAsync<TAttempt, T>(bool async)
        where TAttempt : struct, IAttempt<T>
        where T : class =>
        RetryLoop.RunAsync<TAttempt, T>(_router, CallRoute, async);

    /// <summary>Ends the attempt that answered, and tells how the answer came about.</summary>
    /// <param name="report">How the attempt went.</param>
    public RouteSummary Complete(in AttemptReport report)
    {
        Attempt.End(report);
        CallRoute.NoteCost(report);
        CallRoute.NoteEnd(FailureKind.None);
        return CallRoute.Summarize(report);
    }

    /// <summary>Ends what is still under way.</summary>
    public void Dispose()
    {
        CallRoute.Attempt?.End(new AttemptReport { Abandoned = true, IsCut = true });
        CallRoute.EndObservation();
        if (CallRoute.Attempt is { } last) OuterSpan.Note(last.Deployment, last.Credentials.AddressFor(CallRoute.Request.IsStreaming));
        _router.EndCall(CallRoute.Clock);
    }
}
