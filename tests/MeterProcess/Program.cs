using System.Diagnostics.Metrics;

// A process that publishes what a router does, for tests of what watches one: so many calls, and on, until its input ends.
using var meter = new Meter("RouterGen");
Histogram<double> calls = meter.CreateHistogram<double>("routergen.call.duration", "s");
Counter<long> attempts = meter.CreateCounter<long>("routergen.attempts", "{attempt}");
Counter<double> cost = meter.CreateCounter<double>("routergen.cost", "{USD}");
Histogram<long> tokens = meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}");
meter.CreateObservableGauge("routergen.headroom", static () => new Measurement<double>(0.25, Group, Deployment), "1");
meter.CreateObservableGauge("routergen.in_flight", static () => new Measurement<long>(4, Group, Deployment), "{call}");
meter.CreateObservableGauge("routergen.queue.length", static () => new Measurement<long>(2, Group), "{call}");
Task reading = Task.Run(Console.In.ReadToEnd); // which blocks its thread
Console.WriteLine("ready");
while (!reading.IsCompleted)
{
    calls.Record(0.5, Group);
    attempts.Add(1, Group, Deployment, new("routergen.outcome", "answered"));
    attempts.Add(1, Group, Deployment, new("routergen.outcome", "rate_limited"));
    cost.Add(0.0001, Group, Deployment);
    tokens.Record(100, new("gen_ai.provider.name", "openai"), new("gen_ai.request.model", "gpt-6-luna"), new("gen_ai.token.type", "output"));
    await Task.WhenAny(reading, Task.Delay(20));
}

internal static partial class Program
{
    private static readonly KeyValuePair<string, object?> Group = new("routergen.group", "fast");
    private static readonly KeyValuePair<string, object?> Deployment = new("routergen.deployment", "openai/gpt-6-luna");
}
