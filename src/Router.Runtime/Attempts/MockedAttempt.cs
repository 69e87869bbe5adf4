using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Asks a deployment, unless the call's drill has the attempt fail instead.</summary>
internal static class MockedAttempt
{
    /// <inheritdoc cref="IAttempt{T}.RunAsync"/>
    public static ValueTask<AttemptResult<T>> RunAsync<TAttempt, T>(AttemptContext context, bool async)
        where TAttempt : struct, IAttempt<T>
        where T : class =>
        context.Drill is { } drill && drill.FailureAt(context.Deployment, context.Request) is { } failure
            ? new(new AttemptResult<T>(null, failure))
            : TAttempt.RunAsync(context, async);
}

/// <summary>The drill of one call: which of its attempts fail, and which streams break.</summary>
/// <param name="mock">What the call asks for.</param>
/// <param name="group">The name of the group that is asked.</param>
internal sealed class MockDrill(MockFailure mock, string group)
{
    private int _failed;

    /// <summary>Returns the drill of a call; null where it asks for none.</summary>
    public static MockDrill? Of(CallOptions routing, string group) => routing.MockFailure is { } mock ? new MockDrill(mock, group) : null;

    /// <summary>Returns how an attempt fails that is about to be made; null where it is made.</summary>
    public AttemptFailure? FailureAt(Deployment deployment, CallRequest request) =>
        mock.AfterUpdates is not null && request.IsStreaming ? null : Take(deployment, "no request was sent");

    /// <summary>Returns how a stream breaks that has brought so many updates; null where it goes on.</summary>
    public AttemptFailure? BreakAt(Deployment deployment, int updates) => updates == mock.AfterUpdates ? Take(deployment, "the stream was left") : null;

    private AttemptFailure? Take(Deployment deployment, string what)
    {
        if (mock.Deployment is { } name ? deployment.Name != name : deployment.Group != group) return null;
        if (mock.Times is { } times && Interlocked.Increment(ref _failed) > times) return null;
        return AttemptFailure.Like(mock.Kind, $"CallOptions.MockFailure is a drill that says {mock.Kind}: {what}.") with { RetryAfter = mock.RetryAfter, ErrorCode = "mock_failure", IsMocked = true };
    }
}
