using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RouterGen.EndToEnd.Tests.Support;

/// <summary>Keeps all that is logged, at every level.</summary>
internal sealed class RecordingLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    public (LogLevel Level, string Text)[] Entries => _entries.ToArray();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, $"{formatter(state, exception)} {exception} {string.Join(" ", state as IEnumerable<KeyValuePair<string, object?>> ?? [])}"));

    public void Dispose()
    {
    }
}
