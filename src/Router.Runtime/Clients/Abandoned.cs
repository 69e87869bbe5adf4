namespace RouterGen;

/// <summary>What a call does with work of others that it no longer waits for.</summary>
internal static class Abandoned
{
    /// <summary>Cancels work. What it throws at that is its own.</summary>
    public static void Cancel(CancellationTokenSource cancellation)
    {
        try
        {
            cancellation.Cancel();
        }
        catch (Exception)
        {
            // The work's own callbacks threw.
        }
    }

    /// <summary>Lets a task end by itself.</summary>
    public static void Forget(Task task) =>
        task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
