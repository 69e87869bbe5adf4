namespace RouterGen;

/// <summary>Waits for a task on the thread of a synchronous call.</summary>
internal static class SynchronousWait
{
    /// <summary>Blocks until a task has ended, and returns its result.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before.</exception>
    public static T For<T>(Task<T> task, CancellationToken cancellationToken)
    {
        try
        {
            task.Wait(cancellationToken);
        }
        catch (AggregateException)
        {
            // The result throws what is in it.
        }

        return task.GetAwaiter().GetResult();
    }
}
