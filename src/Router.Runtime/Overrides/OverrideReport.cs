using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>What is wrong in the configuration of one group: all of it, as of the last time that it was read, and in the log what is new.</summary>
/// <param name="logger">Where to say what has no effect.</param>
/// <param name="warned">The paths of which it was said, by all groups of the router, and is to be said once.</param>
internal sealed class OverrideReport(ILogger logger, ConcurrentDictionary<string, bool> warned)
{
    private List<ConfigurationProblem> _found = [];
    private volatile IReadOnlyList<ConfigurationProblem> _problems = [];

    /// <summary>Gets what the last read found.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems => _problems;

    /// <summary>Begins a read. Not to be called by two threads at once.</summary>
    public void Begin() => _found = [];

    /// <summary>Ends it.</summary>
    public void End() => _problems = _found;

    /// <summary>Notes a problem that is as it was when it was logged.</summary>
    public void Note(string path, string reason) => _found.Add(new ConfigurationProblem(path, reason));

    /// <summary>Notes and logs a problem.</summary>
    public void Warn(string path, string reason)
    {
        Note(path, reason);
        RouterLog.ConfigurationIgnored(logger, path, reason);
    }

    /// <summary>Notes a problem, and logs it the first time.</summary>
    public void WarnOnce(string path, string reason)
    {
        Note(path, reason);
        if (warned.TryAdd(path, true)) RouterLog.ConfigurationIgnored(logger, path, reason);
    }
}
