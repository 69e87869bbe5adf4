using System.Net;
using System.Net.Sockets;

namespace RouterGen.Telemetry.Tests;

/// <summary>A destination that hangs, refuses, or answers with errors: memory stays bounded, calls go on, and what is lost is counted.</summary>
public sealed class OutageTests
{
    private const string Secret = "sk-helicone-abc";
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    public static TheoryData<string> Sinks => ["otlp", "helicone"];

    [Theory]
    [MemberData(nameof(Sinks))]
    public async Task A_destination_that_hangs_holds_up_no_call_and_no_more_than_its_queue(string kind)
    {
        await using StandIn service = await StartAsync(kind);
        service.Hangs = true;
        var router = new SinkedRouter(options => Use(options, kind, service.Address, queue: 16));
        await router.CallAsync(8); // Fills the queue: from here on there is a request under way.
        Task flush = router.Sink.FlushAsync(Test);
        await service.WaitAsync(1);
        await router.CallAsync(300);

        Assert.InRange(router.Sink.Pending, 1, 16);
        Assert.True(router.Sink.Dropped > 200);
        Assert.Equal(1, router.Logged("is lost from now on"));

        // Its time is over: the batch is given up, and what was in it is lost.
        router.Time.Advance(TimeSpan.FromSeconds(10));
        await WaitAsync(() => router.Sink.LastError is not null);
        Assert.Contains("no answer from http://127.0.0.1", router.Sink.LastError, StringComparison.Ordinal);
        Assert.Equal(1, router.Logged(" fails; calls go on"));
        await DisposeAsync(router, service);
        await flush;
    }

    [Theory]
    [MemberData(nameof(Sinks))]
    public async Task An_hour_of_errors_is_logged_once_and_counted_and_its_end_is_seen(string kind)
    {
        await using StandIn service = await StartAsync(kind);
        service.Always = 500;
        var router = new SinkedRouter(options => Use(options, kind, service.Address));
        for (int minute = 0; minute < 60; minute++)
        {
            await router.CallAsync();
            Assert.True(await router.Sink.FlushAsync(Test));
            Assert.Equal(0, router.Sink.Pending);
            router.Time.Advance(TimeSpan.FromMinutes(1));
        }

        long lost = kind is "otlp" ? 121 : 61;
        Assert.Equal(lost, router.Sink.Dropped);
        Assert.Contains("answered 500", router.Sink.LastError, StringComparison.Ordinal);
        Assert.Equal((1, 1), (router.Logged(" fails; calls go on"), router.Logged("is lost from now on")));

        service.Always = null;
        await router.CallAsync();
        await router.Sink.FlushAsync(Test);
        Assert.Null(router.Sink.LastError);
        Assert.Equal(lost, router.Sink.Dropped);
        Assert.Equal(1, router.Logged($"works again; {lost} entries were lost"));
        await router.Sink.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Sinks))]
    public async Task A_port_on_which_nothing_listens_fails_no_call(string kind)
    {
        int port;
        using (var unused = new TcpListener(IPAddress.Loopback, 0))
        {
            unused.Start();
            port = ((IPEndPoint)unused.LocalEndpoint).Port;
        }

        var router = new SinkedRouter(options => Use(options, kind, new Uri($"http://127.0.0.1:{port}"), flush: TimeSpan.FromMilliseconds(1)));
        await router.CallAsync(5);
        Task<bool> flush = router.Sink.FlushAsync(Test);
        await WaitAsync(() => router.Sink.LastError is not null);
        Assert.Contains("no connection to http://127.0.0.1", router.Sink.LastError, StringComparison.Ordinal);
        await DisposeAsync(router);
        await flush;
        Assert.Equal(kind is "otlp" ? 11 : 6, router.Sink.Dropped);
        Assert.Equal(0, router.Sink.Pending);
    }

    [Theory]
    [InlineData("otlp", 429)]
    [InlineData("otlp", 502)]
    [InlineData("otlp", 503)]
    [InlineData("otlp", 504)]
    [InlineData("helicone", 429)]
    [InlineData("helicone", 503)]
    public async Task What_may_succeed_later_is_sent_again(string kind, int status)
    {
        await using StandIn service = await StartAsync(kind);
        service.Scripted.Enqueue((status, "0"));
        service.Scripted.Enqueue((status, "Thu, 01 Jan 2026 00:00:00 GMT"));
        var router = new SinkedRouter(options => Use(options, kind, service.Address, batch: kind is "otlp" ? 512 : 1));
        await router.CallAsync();
        Assert.True(await router.Sink.FlushAsync(Test));
        Assert.Equal([status, status, 200], service.Arrivals.Take(3).Select(static arrival => arrival.Status));
        Assert.Equal(service.Arrivals.First().Body, service.Arrivals.ElementAt(2).Body);
        Assert.Equal((0, null), (router.Sink.Dropped, router.Sink.LastError));
        await router.Sink.DisposeAsync();
    }

    [Theory]
    [InlineData("otlp", 400, "")]
    [InlineData("otlp", 401, "(check the keys)")]
    [InlineData("otlp", 404, "(check the address)")]
    [InlineData("otlp", 307, "(check the address)")]
    [InlineData("otlp", 415, "(check the protocol)")]
    [InlineData("otlp", 500, "")]
    [InlineData("helicone", 400, "")]
    [InlineData("helicone", 401, "(check the keys)")]
    public async Task What_is_refused_is_not_sent_again(string kind, int status, string advice)
    {
        await using StandIn service = await StartAsync(kind);
        service.Always = status;
        var router = new SinkedRouter(options => Use(options, kind, service.Address));
        await router.CallAsync();
        Assert.True(await router.Sink.FlushAsync(Test));
        Assert.Equal(kind is "otlp" ? 1 : 2, service.Arrivals.Count);
        Assert.EndsWith($"answered {status} {advice}".TrimEnd(), router.Sink.LastError, StringComparison.Ordinal);
        Assert.Equal(kind is "otlp" ? 3 : 2, router.Sink.Dropped);
        Assert.DoesNotContain(router.Logs.Lines, static line => line.Contains(Secret, StringComparison.Ordinal));
        await router.Sink.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Sinks))]
    public async Task A_server_that_asks_for_more_time_than_there_is_is_not_waited_for(string kind)
    {
        await using StandIn service = await StartAsync(kind);
        service.Scripted.Enqueue((503, "3600"));
        service.Scripted.Enqueue((503, "3600"));
        var router = new SinkedRouter(options => Use(options, kind, service.Address));
        await router.CallAsync();
        Assert.True(await router.Sink.FlushAsync(Test));
        Assert.All(service.Arrivals, static arrival => Assert.Equal(503, arrival.Status));
        Assert.True(router.Sink.Dropped > 0);
        await router.Sink.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Sinks))]
    public async Task Content_that_waits_is_bounded_in_bytes(string kind)
    {
        await using StandIn service = await StartAsync(kind);
        service.Hangs = true;
        var router = new SinkedRouter(options => Use(options, kind, service.Address, bytes: 20_000), capture: true);
        string prompt = new('x', 2_000);
        for (int i = 0; i < 50; i++) await router.Group.CompleteAsync(prompt, cancellationToken: Test);
        Assert.True(router.Sink.Dropped >= 40);
        await DisposeAsync(router, service);
    }

    [Fact]
    public async Task A_logger_that_throws_harms_neither_calls_nor_the_sink()
    {
        await using StandIn service = await StartAsync("otlp");
        service.Always = 500;
        var router = new SinkedRouter(options =>
        {
            options.LoggerFactory = new ThrowingLogs();
            return Use(options, "otlp", service.Address);
        });
        await router.CallAsync();
        Assert.True(await router.Sink.FlushAsync(Test));
        service.Always = null;
        await router.CallAsync();
        Assert.True(await router.Sink.FlushAsync(Test));
        Assert.Null(router.Sink.LastError);
        await router.Sink.DisposeAsync();
    }

    private static Task<StandIn> StartAsync(string kind) => StandIn.StartAsync(kind is "otlp" ? Services.Collector : Services.Helicone);

    private static RouterTelemetrySink Use(RouterOptions options, string kind, Uri address, int? queue = null, int? batch = null, long bytes = 1 << 26, TimeSpan? flush = null) => kind is "otlp"
        ? options.UseOtlp(new() { Endpoint = address, SendsMetrics = false, QueueSize = queue, BatchSize = batch, QueueBytes = bytes, FlushTimeout = flush ?? TimeSpan.FromSeconds(30) })
        : options.UseHelicone(new() { BaseUrl = address, ApiKey = Secret, QueueSize = queue, BatchSize = batch, QueueBytes = bytes, FlushTimeout = flush ?? TimeSpan.FromSeconds(30) });

    /// <summary>Waits for what happens on another thread.</summary>
    private static async Task WaitAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Test.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Ends a sink whose destination does not answer; the time that it is given passes at once.</summary>
    private static async Task DisposeAsync(SinkedRouter router, StandIn? service = null)
    {
        if (service is not null) await service.DisposeAsync();
        Task end = router.Sink.DisposeAsync().AsTask();
        while (!end.IsCompleted)
        {
            router.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await end;
        Assert.Equal(0, router.Sink.Pending);
    }

    private sealed class ThrowingLogs : Microsoft.Extensions.Logging.ILoggerFactory
    {
        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => throw new IOException("The disk is full.");

        public void AddProvider(Microsoft.Extensions.Logging.ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }
}
