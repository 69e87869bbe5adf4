using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>One line a call, and one a failover: with stable ids, and nothing where they are not asked for.</summary>
public sealed class CallLogTests
{
    private const int Answered = 30, NotAnswered = 31, FailedOver = 32;

    private readonly EventLog _log = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_fails_over_has_a_line_for_that_and_one_for_its_end(bool streaming)
    {
        var router = new TestRouter(logs: _log);
        TestGroup group = router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        router.Transport.On("a", FakeTransport.Respond(System.Net.HttpStatusCode.ServiceUnavailable, "")).On("b", streaming ? FakeTransport.Events("hello", "[finish]", "[end]") : FakeTransport.Text("hello"));

        if (streaming) await foreach (ChatResponseUpdate _ in group.StreamAsync("Hi")) { }
        else await group.CompleteAsync("Hi");

        Assert.Equal([(LogLevel.Information, "test: the call goes on to b of test, after a of test failed: Overloaded")], _log.Of(FailedOver));
        Assert.Equal([(LogLevel.Debug, "test: b answered after 0 ms; attempts that failed before: 1")], _log.Of(Answered));
        Assert.Empty(_log.Of(NotAnswered));
    }

    [Fact]
    public async Task A_call_that_fails_has_one_line_with_its_outcome_and_a_retry_is_no_failover()
    {
        var router = new TestRouter(logs: _log);
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Text("!Overloaded"));

        await Assert.ThrowsAsync<RoutingException>(() => router.RunAsync(group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 2 })));

        (LogLevel level, string text) = Assert.Single(_log.Of(NotAnswered));
        Assert.Equal(LogLevel.Debug, level);
        Assert.EndsWith(": Overloaded; attempts that failed: 2", text);
        Assert.Empty(_log.Of(FailedOver));
        Assert.Empty(_log.Of(Answered));
    }

    [Fact]
    public async Task A_call_that_its_caller_cancels_or_leaves_has_one_line_too()
    {
        var router = new TestRouter(logs: _log);
        TestGroup group = router.Group(1);
        using var source = new CancellationTokenSource();
        router.Transport.On("a", FakeTransport.Hang(out Task reached));
        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: source.Token);
        await reached;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        router.Transport.On("a", FakeTransport.Events("hello", "there", "[finish]", "[end]"));
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hi")) break;

        Assert.All(_log.Of(NotAnswered), static entry => Assert.Contains(": Canceled; ", entry.Text));
        Assert.Equal(2, _log.Of(NotAnswered).Length);
    }

    [Fact]
    public async Task Nothing_is_formatted_where_the_level_is_off()
    {
        _log.Least = LogLevel.Warning;
        var router = new TestRouter(logs: _log);
        TestGroup group = router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        router.Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text("hello"));

        await group.CompleteAsync("Hi");

        Assert.DoesNotContain(_log.Ids, static id => id is Answered or NotAnswered or FailedOver);
        Assert.NotEmpty(_log.Ids);
    }

    /// <summary>Keeps what is logged, by id.</summary>
    private sealed class EventLog : ILoggerFactory, ILogger
    {
        private readonly List<(int Id, LogLevel Level, string Text)> _entries = [];

        public LogLevel Least { get; set; }

        public IEnumerable<int> Ids => _entries.Select(static entry => entry.Id);

        public (LogLevel Level, string Text)[] Of(int id) => [.. _entries.Where(entry => entry.Id == id).Select(static entry => (entry.Level, entry.Text))];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _entries.Add((eventId.Id, logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
