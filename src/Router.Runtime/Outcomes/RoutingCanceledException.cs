namespace RouterGen;

/// <summary>The caller cancelled a call. It holds what the call had tried by then, so that the deployment that took long can be found.</summary>
public sealed class RoutingCanceledException : OperationCanceledException
{
    /// <summary>Creates an exception; in programs for tests of code that catches one.</summary>
    public RoutingCanceledException(string message, IReadOnlyList<Attempt>? attempts = null, CancellationToken token = default) : base(message, token) =>
        Attempts = attempts ?? [];

    /// <summary>
    /// Gets all attempts of the call, in order. Those that were under way when the caller cancelled are the last, with the
    /// outcome <see cref="FailureKind.Canceled"/>; empty where the call waited for its first deployment.
    /// </summary>
    public IReadOnlyList<Attempt> Attempts { get; }
}
