using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RouterGen.Runtime.Tests;

/// <summary>Keeps what was logged, as text; without the line at the end of each call, which <c>CallLogTests</c> looks at.</summary>
internal sealed class RecordedLogs : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<LogLevel> Levels { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is 30 or 31) return;
        Lines.Enqueue(formatter(state, exception) + exception);
        Levels.Enqueue(logLevel);
    }

    public void Dispose()
    {
    }
}
