using System.Diagnostics;

namespace RouterGen.Telemetry.Tests;

/// <summary>What <c>UseOtlp</c> sends, and where to.</summary>
public sealed class OtlpTests
{
    private const int InternalKind = 1;
    private const int ClientKind = 3;

    [Fact]
    public async Task Spans_arrive_with_their_parents_and_attributes_and_metrics_beside_them()
    {
        await using StandIn collector = await StandIn.StartAsync(Services.Collector);
        var router = new SinkedRouter(options => options.UseOtlp(), new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-team=a%20b,api-key=k1",
            ["OTEL_SERVICE_NAME"] = "shop",
            ["OTEL_RESOURCE_ATTRIBUTES"] = "deployment.environment.name=test",
        });
        await using RouterTelemetrySink sink = router.Sink;
        await router.CallAsync(routing: new CallOptions { SessionKey = "s1", Caller = "u1" });
        Assert.True(await sink.FlushAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Taken.Select(static arrival => arrival.Path).Order());
        Assert.All(collector.Arrivals, static arrival => Assert.Equal(("a b", "k1"), (arrival.Header("x-team"), arrival.Header("api-key"))));
        IReadOnlyList<SentSpan> spans = Otlp.SpansOf(collector.Taken.Single(static arrival => arrival.Path == "/v1/traces"));
        SentSpan call = Assert.Single(spans, static span => span.Kind == InternalKind);
        SentSpan[] attempts = [.. spans.Where(static span => span.Kind == ClientKind).OrderBy(static span => span.Start)];
        Assert.Equal(["chat a", "chat b"], attempts.Select(static span => span.Name));
        Assert.All(attempts, span => Assert.Equal((call.Trace, call.Id), (span.Trace, span.Parent)));
        Assert.Equal("", call.Parent);
        Assert.Equal("route test", call.Name);
        Assert.Equal("b", call["routergen.deployment"]);
        Assert.Equal("s1", call["session.id"]);
        Assert.Equal("overloaded", attempts[0]["error.type"]);
        Assert.Equal(2, attempts[0].Status);
        Assert.Equal("plain", attempts[1]["gen_ai.provider.name"]);
        Assert.Equal(443L, attempts[1]["server.port"]);
        Assert.All(spans, static span => Assert.Equal(("RouterGen", "shop", "test"), (span.Scope, span.Resource["service.name"], span.Resource["deployment.environment.name"])));

        var metrics = Otlp.MetricsOf(collector.Taken.Single(static arrival => arrival.Path == "/v1/metrics"));
        Assert.Contains(metrics, static metric => metric is { Name: "routergen.attempts", Unit: "{attempt}" });
        Assert.Contains(metrics, static metric => metric is { Name: "gen_ai.client.operation.duration", Unit: "s" });
        Assert.All(metrics, static metric => Assert.Equal("shop", metric.Resource["service.name"]));
        Assert.Equal((0, 0, null), (sink.Pending, sink.Dropped, sink.LastError));
        Assert.Empty(router.Logs.Lines);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "", "/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "/base/", "/base/v1/traces")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/own", "/own")]
    public async Task The_address_of_all_signals_has_a_path_added_and_that_of_one_is_taken_as_it_is(string variable, string path, string expected)
    {
        await using StandIn collector = await StandIn.StartAsync(static _ => 200);
        var router = new SinkedRouter(options => options.UseOtlp(), new() { [variable] = new Uri(collector.Address, path).AbsoluteUri, ["OTEL_METRICS_EXPORTER"] = "none" });
        await using RouterTelemetrySink sink = router.Sink;
        await router.CallAsync();
        await sink.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, Assert.Single(collector.Arrivals).Path);
    }

    [Theory]
    [InlineData(null, "http://localhost:4318/v1/traces", false)]
    [InlineData("grpc", "http://localhost:4317/", true)]
    [InlineData("http/protobuf", "http://localhost:4318/v1/traces", false)]
    public void Without_an_address_it_is_the_usual_one_of_the_protocol(string? protocol, string endpoint, bool isGrpc)
    {
        OtlpSignal signal = OtlpDestination.ForOtlp(Options(("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)), new()).Traces!;
        Assert.Equal((endpoint, isGrpc), (signal.Endpoint.AbsoluteUri, signal.IsGrpc));
    }

    [Fact]
    public void The_usual_port_of_gRPC_means_gRPC_unless_the_protocol_is_stated()
    {
        Assert.True(OtlpDestination.ForOtlp(Options(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317")), new()).Traces!.IsGrpc);
        Assert.False(OtlpDestination.ForOtlp(Options(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")), new()).Traces!.IsGrpc);
        Assert.False(OtlpDestination.ForOtlp(Options(), new() { Endpoint = new Uri("http://c:4317"), Protocol = OtlpSinkProtocol.HttpProtobuf }).Traces!.IsGrpc);
    }

    [Fact]
    public void Queue_batch_and_time_come_from_the_variables_and_what_code_states_goes_before_them()
    {
        RouterOptions options = Options(
            ("OTEL_BSP_MAX_QUEUE_SIZE", "100"), ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "200"), ("OTEL_BSP_SCHEDULE_DELAY", "250"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "1500"), ("OTEL_METRIC_EXPORT_INTERVAL", "2000"),
            ("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "delta"), ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"));
        OtlpDestination stated = OtlpDestination.ForOtlp(options, new());
        Assert.Equal((100, 100, 250, 1500, 2000, true, true), (stated.QueueSize, stated.BatchSize, stated.BatchDelay.TotalMilliseconds, stated.Traces!.Timeout.TotalMilliseconds, stated.MetricInterval.TotalMilliseconds, stated.SendsDeltas, stated.Traces.Compresses));
        OtlpDestination set = OtlpDestination.ForOtlp(options, new() { QueueSize = 7, BatchDelay = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(2), Compresses = false, Headers = { ["x"] = "1" } });
        Assert.Equal((7, 7, 1000, 2000, false, "1"), (set.QueueSize, set.BatchSize, set.BatchDelay.TotalMilliseconds, set.Traces!.Timeout.TotalMilliseconds, set.Traces.Compresses, set.Traces.Headers["X"]));
        OtlpDestination usual = OtlpDestination.ForOtlp(Options(), new());
        Assert.Equal((2048, 512, 5000, 10000, 60000), (usual.QueueSize, usual.BatchSize, usual.BatchDelay.TotalMilliseconds, usual.Traces!.Timeout.TotalMilliseconds, usual.MetricInterval.TotalMilliseconds));
    }

    [Fact]
    public async Task What_is_compressed_arrives_and_can_be_sent_twice()
    {
        await using StandIn collector = await StandIn.StartAsync(Services.Collector);
        collector.Scripted.Enqueue((503, "0"));
        var router = new SinkedRouter(options => options.UseOtlp(new() { Endpoint = collector.Address, Compresses = true, SendsMetrics = false }));
        await using RouterTelemetrySink sink = router.Sink;
        await router.CallAsync();
        await sink.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal([503, 200], collector.Arrivals.Select(static arrival => arrival.Status));
        Assert.All(collector.Arrivals, static arrival => Assert.True(arrival.IsCompressed));
        Assert.Equal(3, Otlp.SpansOf(collector.Taken.Single()).Count);
    }

    [Fact]
    public async Task A_sink_sends_the_spans_of_its_own_routers_alone()
    {
        await using StandIn first = await StandIn.StartAsync(Services.Collector), second = await StandIn.StartAsync(Services.Collector);
        var one = new SinkedRouter(options => options.UseOtlp(new() { Endpoint = first.Address, SendsMetrics = false }));
        var other = new SinkedRouter(options => options.UseOtlp(new() { Endpoint = second.Address, SendsMetrics = false }));
        await using (one.Sink)
        await using (other.Sink)
        {
            await one.CallAsync();
            await other.CallAsync(2);
        }

        Assert.Equal(3, first.Taken.Sum(static arrival => Otlp.SpansOf(arrival).Count));
        Assert.Equal(5, second.Taken.Sum(static arrival => Otlp.SpansOf(arrival).Count));
    }

    [Fact]
    public async Task A_sink_may_have_several_routers()
    {
        await using StandIn collector = await StandIn.StartAsync(Services.Collector);
        var first = new SinkedRouter(options => options.UseOtlp(new() { Endpoint = collector.Address, SendsMetrics = false }));
        var second = new SinkedRouter(options =>
        {
            first.Sink.AddTo(options);
            first.Sink.AddTo(options);
            return first.Sink;
        });
        await first.CallAsync();
        await second.CallAsync();
        await first.Sink.DisposeAsync();
        Assert.Equal(6, collector.Taken.Sum(static arrival => Otlp.SpansOf(arrival).Count));
    }

    [Fact]
    public async Task Routers_with_one_destination_send_the_metrics_of_the_process_once()
    {
        await using StandIn collector = await StandIn.StartAsync(Services.Collector);
        RouterOptions options = Options(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri));
        MetricPipeline first = MetricPipeline.Acquire(options, OtlpDestination.ForOtlp(options, new()));
        MetricPipeline same = MetricPipeline.Acquire(options, OtlpDestination.ForOtlp(options, new()));
        MetricPipeline another = MetricPipeline.Acquire(options, OtlpDestination.ForOtlp(options, new() { Headers = { ["tenant"] = "b" } }));
        Assert.Same(first, same);
        Assert.NotSame(first, another);
        first.Release();
        another.Release();
        Assert.True(same.Flush(TimeSpan.FromSeconds(5)));
        same.Release();
        MetricPipeline next = MetricPipeline.Acquire(options, OtlpDestination.ForOtlp(options, new()));
        Assert.NotSame(same, next);
        next.Release();
    }

    [Fact]
    public async Task A_parent_that_nothing_records_does_not_hide_calls_unless_a_sampler_is_stated()
    {
        foreach ((string? sampler, int expected) in new (string?, int)[] { (null, 3), ("parentbased_always_on", 0) })
        {
            await using StandIn collector = await StandIn.StartAsync(Services.Collector);
            var variables = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.AbsoluteUri, ["OTEL_METRICS_EXPORTER"] = "none" };
            if (sampler is not null) variables["OTEL_TRACES_SAMPLER"] = sampler;
            var router = new SinkedRouter(options => options.UseOtlp(), variables);
            using (new Activity("request").Start()) await router.CallAsync();
            await router.Sink.DisposeAsync();
            Assert.Equal(expected, collector.Taken.Sum(static arrival => Otlp.SpansOf(arrival).Count));
        }
    }

    [Fact]
    public async Task The_variable_that_switches_telemetry_off_does()
    {
        await using StandIn collector = await StandIn.StartAsync(Services.Collector);
        var router = new SinkedRouter(options => options.UseOtlp(), new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.AbsoluteUri, ["OTEL_SDK_DISABLED"] = "true" });
        await router.CallAsync();
        Assert.True(await router.Sink.FlushAsync(TestContext.Current.CancellationToken));
        await router.Sink.DisposeAsync();
        Assert.False(await router.Sink.FlushAsync(TestContext.Current.CancellationToken));
        Assert.Empty(collector.Arrivals);
    }

    [Fact]
    public void All_that_is_wrong_with_variables_is_told_at_once_without_a_value()
    {
        RouterOptions options = Options(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector-secret:4318"), ("OTEL_EXPORTER_OTLP_HEADERS", "secret"), ("OTEL_BSP_MAX_QUEUE_SIZE", "-1"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"), ("OTEL_METRIC_EXPORT_INTERVAL", "1s"));
        string message = Assert.Throws<InvalidOperationException>(() => options.UseOtlp()).Message;
        Assert.All(["UseOtlp", "OTEL_EXPORTER_OTLP_ENDPOINT is not an absolute address", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_METRIC_EXPORT_INTERVAL"], part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
        Assert.Empty(options.Observers);
        Assert.Throws<InvalidOperationException>(() => Options().UseOtlp(new() { Endpoint = new Uri("/relative", UriKind.Relative) }));
    }

    [Fact]
    public void Settings_out_of_range_are_refused_where_they_are_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OtlpSinkOptions { QueueSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OtlpSinkOptions { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OtlpSinkOptions { QueueBytes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OtlpSinkOptions { BatchDelay = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OtlpSinkOptions { Timeout = TimeSpan.FromDays(2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OtlpSinkOptions { FlushTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OtlpSinkOptions { MetricInterval = TimeSpan.Zero });
        Assert.Throws<ArgumentNullException>(() => ((RouterOptions)null!).UseOtlp());
    }

    private static RouterOptions Options(params (string Name, string? Value)[] variables) => new() { Variables = name => variables.FirstOrDefault(variable => variable.Name == name).Value };
}
