using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>All that an application logs, of whatever level.</summary>
internal sealed class LogList : ILoggerProvider
{
    private readonly ConcurrentQueue<Logged> _all = new();

    /// <summary>Gets the entries so far.</summary>
    public Logged[] All => [.. _all];

    /// <summary>Returns the entries of a category.</summary>
    public Logged[] Of(string category) => [.. _all.Where(entry => entry.Category == category)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogList list, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Dictionary<string, object?> fields = state is IEnumerable<KeyValuePair<string, object?>> pairs ? pairs.GroupBy(static pair => pair.Key).ToDictionary(static pair => pair.Key, static pair => pair.First().Value) : [];
            list._all.Enqueue(new Logged(category, eventId.Id, logLevel, formatter(state, exception) + exception, fields));
        }
    }
}

/// <summary>An entry of a log.</summary>
internal sealed record Logged(string Category, int Event, LogLevel Level, string Text, Dictionary<string, object?> Fields);
