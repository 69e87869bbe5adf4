using System.Collections.Concurrent;

namespace RouterGen.Interleavings.Tests;

/// <summary>Threads that run one strand after another: to make a thread takes longer than most interleavings.</summary>
internal sealed class StrandThread
{
    private static readonly ConcurrentBag<StrandThread> Idle = [];

    private readonly SemaphoreSlim _begin = new(0);
    private Action _next = static () => { };

    private StrandThread() => new Thread(Work) { IsBackground = true, Name = "strand" }.Start();

    public static void Run(Action action)
    {
        if (!Idle.TryTake(out StrandThread? thread)) thread = new StrandThread();
        thread._next = action;
        thread._begin.Release();
    }

    private void Work()
    {
        while (true)
        {
            _begin.Wait();
            _next();
            Idle.Add(this);
        }
    }
}
