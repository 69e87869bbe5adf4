using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using RouterGen.FakeProviders;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>
/// What a call costs in an application (a container, a client of <c>IHttpClientFactory</c>, logs at Information) where something listens: to metrics; and to spans, with OTLP to a stand-in in a process of its own. Listeners hear all of
/// a process, so each block has its own, which ends with the block; what a sink still has to send by then counts as CPU of the block.
/// </summary>
internal sealed class TelemetryTable(HttpMessageInvoker transport, Uri endpoint)
{
    private const int BlockSize = 250;

    private static readonly (string What, double Budget)[] Budgets = [("hosted, metrics and logs", 1.05), ("hosted, and OTLP", 1.25)];

    /// <summary>Measures, and prints a table and a line of JSON.</summary>
    public async Task PrintAsync(TextWriter output, int rounds)
    {
        using CollectorProcess collector = await CollectorProcess.StartAsync();
        var plain = new Block(new Router(new Models(Router.OptionsFor(transport, endpoint)).Chat));
        (IHost host, Router hosted) = HostedRouter.Create(endpoint);
        using IHost application = host;
        await application.StartAsync();
        var listened = new ListenedBlock(hosted);
        var traced = new TracedBlock(endpoint, collector.Address);
        Cost[][] costs = await Measurement.RunAsync([plain, listened, traced], rounds, BlockSize);

        output.WriteLine();
        output.WriteLine(Invariant($"One call where something listens, {BlockSize} a block; {rounds} rounds, medians; ratios to the plain call, round by round"));
        output.WriteLine(Invariant($"  {"",-28}{"p50 µs",10}{"CPU µs",10}{"bytes",10}   {"p50 ratio (p10 … p90)",-28}{"CPU ratio (p10 … p90)",-28}budget"));
        var json = new JsonObject();
        for (int i = 0; i < costs.Length; i++)
        {
            string name = i == 0 ? "plain" : Budgets[i - 1].What;
            output.Write(Invariant($"  {name,-28}{Median(costs[i], static c => c.P50),10:F1}{Median(costs[i], static c => c.Cpu),10:F1}{Median(costs[i], static c => c.Bytes),10:N0}"));
            if (i == 0)
            {
                output.WriteLine();
                continue;
            }

            Spread latency = Ratio(costs[i], costs[0], static c => c.P50), cpu = Ratio(costs[i], costs[0], static c => c.Cpu);
            output.WriteLine(Invariant($"   {Text(latency),-28}{Text(cpu),-28}<= {Budgets[i - 1].Budget:F2}"));
            json[i == 1 ? "listened" : "traced"] = new JsonObject { ["p50"] = Math.Round(latency.Median, 3), ["cpu"] = Math.Round(cpu.Median, 3) };
        }

        output.WriteLine(Invariant($"  spans lost at the sink: {traced.Dropped}"));
        output.WriteLine();
        output.WriteLine(json.ToJsonString());
    }

    private static double Median(Cost[] costs, Func<Cost, double> of) => Spread.Of(costs.Select(of)).Median;

    private static Spread Ratio(Cost[] costs, Cost[] plain, Func<Cost, double> of) => Spread.Of(costs.Zip(plain, (mine, theirs) => of(mine) / of(theirs)));

    private static string Text(Spread ratio) => Invariant($"{ratio.Median:F3} ({ratio.P10:F3} … {ratio.P90:F3})");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The plain call.</summary>
    private class Block(Router router) : IBlock
    {
        public Task<int> CallAsync() => router.CallAsync();

        public virtual Task BeginAsync() => Task.CompletedTask;

        public virtual Task FlushAsync() => Task.CompletedTask;

        public virtual Task EndAsync() => Task.CompletedTask;
    }

    /// <summary>The call with a listener that adds up all that is measured.</summary>
    private sealed class ListenedBlock(Router router) : Block(router)
    {
        private MeterListener? _listener;
        private double _sum;

        public override Task BeginAsync()
        {
            _listener = new MeterListener
            {
                InstrumentPublished = static (instrument, listener) =>
                {
                    if (instrument.Meter.Name == RouterTelemetry.SourceName) listener.EnableMeasurementEvents(instrument);
                },
            };
            _listener.SetMeasurementEventCallback<double>((_, value, _, _) => _sum += value);
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _sum += value);
            _listener.SetMeasurementEventCallback<int>((_, value, _, _) => _sum += value);
            _listener.Start();
            return Task.CompletedTask;
        }

        public override Task EndAsync()
        {
            _listener!.Dispose();
            if (_sum == 0) throw new InvalidOperationException("Nothing was measured.");
            return Task.CompletedTask;
        }
    }

    /// <summary>The call with a sink.</summary>
    private sealed class TracedBlock(Uri endpoint, Uri collector) : IBlock
    {
        private IHost? _host;
        private Router? _router;
        private RouterTelemetrySink? _sink;

        public long Dropped { get; private set; }

        public Task<int> CallAsync() => _router!.CallAsync();

        public async Task BeginAsync()
        {
            (_host, _router) = HostedRouter.Create(endpoint, options => _sink = options.UseOtlp(new OtlpSinkOptions { Endpoint = collector }));
            await _host.StartAsync();
            await _router.CallAsync(); // The first call of a router makes its state, and its connection.
        }

        public async Task FlushAsync()
        {
            if (!await _sink!.FlushAsync()) throw new InvalidOperationException("The sink did not send all: " + _sink.LastError);
        }

        public async Task EndAsync()
        {
            Dropped += _sink!.Dropped;
            await _sink.DisposeAsync();
            await _host!.StopAsync();
            _host.Dispose();
        }
    }
}
