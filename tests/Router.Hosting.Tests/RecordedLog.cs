using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RouterGen.Hosting.Tests;

/// <summary>Keeps what an application logs.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    public ConcurrentQueue<Entry> Entries { get; } = new();

    /// <summary>What was logged with an id by this project.</summary>
    public Entry[] Of(int id) => [.. Entries.Where(entry => entry.Id == id && entry.Category.StartsWith("RouterGen", StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    public sealed record Entry(string Category, int Id, LogLevel Level, string Text);

    private sealed class Logger(RecordedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Entries.Enqueue(new(category, eventId.Id, logLevel, formatter(state, exception) + exception));
    }
}
