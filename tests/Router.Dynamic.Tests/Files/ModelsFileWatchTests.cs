using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace RouterGen.Dynamic.Tests.Files;

/// <summary>A file that changes while the program runs.</summary>
public sealed class ModelsFileWatchTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"routergen-{Guid.NewGuid():N}.json");
    private readonly FakeTimeProvider _time = new();
    private readonly Log _log = new();
    private readonly RouterModels _models;
    private readonly ModelsFileWatch _watch;

    public ModelsFileWatchTests()
    {
        File.WriteAllText(_path, Of("a"));
        _models = RouterModels.Load(_path);
        _watch = new ModelsFileWatch(_models, _path, _log, _time);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _models.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public void A_change_is_in_use_after_an_interval()
    {
        ModelGroup before = _models.Find("a")!;
        File.WriteAllText(_path, Of("a", "b"));
        _time.Advance(Interval - TimeSpan.FromTicks(1));
        Assert.Null(_models.Find("b"));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.NotNull(_models.Find("b"));
        Assert.Same(before, _models.Find("a"));
        (int id, LogLevel level, _) = _log.Entries[0]; // Behind it are the warnings of the file.
        Assert.Equal((110, LogLevel.Information), (id, level));
    }

    [Fact]
    public void A_file_with_errors_changes_nothing_and_is_logged_once()
    {
        File.WriteAllText(_path, """{ "groups": { "a": { "deployments": ["opnai/gpt-4o-mini"] } } }""");
        _time.Advance(Interval);
        _time.Advance(Interval);
        Assert.NotNull(_models.Find("a"));
        (int id, _, string message) = Assert.Single(_log.Entries);
        Assert.Equal(111, id);
        Assert.Contains($"{_path}(1,", message);

        File.WriteAllText(_path, Of("c"));
        _time.Advance(Interval);
        Assert.NotNull(_models.Find("c"));
    }

    [Fact]
    public void A_file_that_is_gone_for_a_while_changes_nothing()
    {
        File.Delete(_path);
        _time.Advance(Interval);
        Assert.NotNull(_models.Find("a"));
        Assert.Equal(112, Assert.Single(_log.Entries).Id);
        File.WriteAllText(_path, Of("b"));
        _time.Advance(Interval);
        Assert.NotNull(_models.Find("b"));
    }

    [Fact]
    public void Warnings_of_a_change_are_logged()
    {
        File.WriteAllText(_path, """{ "groups": { "a": { "deployments": ["openai/gpt-4o-mimi"] } } }""");
        _time.Advance(Interval);
        Assert.Contains(_log.Entries, static entry => entry.Id == 113 && entry.Message.Contains("RG0102", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_looked_at_after_the_end()
    {
        _watch.Dispose();
        File.WriteAllText(_path, Of("b"));
        _time.Advance(Interval);
        Assert.Null(_models.Find("b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelsFileWatch(_models, _path, _log, _time, TimeSpan.Zero));
    }

    private static string Of(params string[] groups) => $$"""{ "groups": { {{string.Join(", ", groups.Select(static group => $$""" "{{group}}": { "deployments": ["openai/gpt-4o-mini"] } """))}} } }""";

    internal sealed class Log : ILogger
    {
        public List<(int Id, LogLevel Level, string Message)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Entries.Add((eventId.Id, logLevel, formatter(state, exception)));
    }
}
