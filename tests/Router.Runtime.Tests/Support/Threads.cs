namespace RouterGen.Runtime.Tests;

/// <summary>Runs the same on many threads that start at one moment.</summary>
internal static class Threads
{
    /// <param name="count">How many threads.</param>
    /// <param name="act">What each does; it is given its number, from 0.</param>
    public static void RunTogether(int count, Action<int> act)
    {
        using var start = new Barrier(count);
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                act(number);
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (!failures.IsEmpty) throw new AggregateException(failures);
    }
}
