namespace RouterGen.Testing;

/// <summary>Assertions on the attempts of a call: those of an answer (<see cref="RoutedResponse.Attempts"/>) or of a failure (<see cref="RoutingException.Attempts"/>).</summary>
public static class AttemptAssertions
{
    /// <summary>Asserts at which deployments the attempts were made, in order.</summary>
    /// <param name="attempts">The attempts.</param>
    /// <param name="deployments">The names of the deployments.</param>
    /// <exception cref="RouterAssertionException">They were made at others, or in another order.</exception>
    public static void AssertDeployments(this IReadOnlyList<Attempt> attempts, params string[] deployments)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        ArgumentNullException.ThrowIfNull(deployments);
        if (!attempts.Select(static attempt => attempt.Deployment).SequenceEqual(deployments, StringComparer.Ordinal)) throw Failed("at these deployments", deployments, attempts);
    }

    /// <summary>Asserts how the attempts ended, in order.</summary>
    /// <param name="attempts">The attempts.</param>
    /// <param name="outcomes">How they ended; <see cref="FailureKind.None"/> is an answer.</param>
    /// <exception cref="RouterAssertionException">They ended otherwise.</exception>
    public static void AssertOutcomes(this IReadOnlyList<Attempt> attempts, params FailureKind[] outcomes)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        ArgumentNullException.ThrowIfNull(outcomes);
        if (!attempts.Select(static attempt => attempt.Outcome).SequenceEqual(outcomes)) throw Failed("with these outcomes", outcomes, attempts);
    }

    private static RouterAssertionException Failed<T>(string what, T[] expected, IReadOnlyList<Attempt> attempts) =>
        new($"Expected attempts {what}:\n{TestRouter.Lines(expected)}\nThese were made:\n{(attempts.Count == 0 ? "  none" : TestRouter.Lines(attempts))}");
}
