namespace RouterGen.Tool.Top;

/// <summary>The processes of this machine that can be watched.</summary>
internal interface IRouterProcesses
{
    /// <summary>Returns the processes that have a router.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<RouterProcess>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Returns the processes of a name, whatever they have.</summary>
    IReadOnlyList<RouterProcess> Named(string name);

    /// <summary>Returns the name of a process; empty where there is none.</summary>
    string NameOf(int processId);

    /// <summary>Returns what a process reports, until it ends or the watch is cancelled.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="intervalSeconds">How long an interval is.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="RouterGen.Tool.Commands.ToolException">The process cannot be watched.</exception>
    IAsyncEnumerable<MetricEvent> WatchAsync(int processId, double intervalSeconds, CancellationToken cancellationToken);
}

/// <summary>A process.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
internal sealed record RouterProcess(int Id, string Name);
