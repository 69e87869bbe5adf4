namespace RouterGen;

/// <summary>A way to ask a deployment: for a whole answer, or for a stream.</summary>
internal interface IAttempt<T> where T : class
{
    /// <summary>Asks once. Failures are returned; a caller's cancellation is thrown, unless something was counted by then.</summary>
    static abstract ValueTask<AttemptResult<T>> RunAsync(AttemptContext context, bool async);

    /// <summary>Returns the declared limit of an attempt; zero where none is declared.</summary>
    static abstract TimeSpan DeclaredLimit(in CallLimits limits);

    /// <summary>
    /// Returns the limit where none is declared and another deployment could answer: one that hangs must leave time for it.
    /// Where no other could, there is no limit but the total deadline.
    /// </summary>
    static abstract TimeSpan UsualLimit(TimeSpan remaining, Deployment deployment, CallRequest request);
}
