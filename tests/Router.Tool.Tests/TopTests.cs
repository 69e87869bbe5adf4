using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using RouterGen.Tool.Commands;
using RouterGen.Tool.Top;

namespace RouterGen.Tool.Tests;

public sealed class TopTests : IDisposable
{
    private static readonly MetricEvent End = new(MetricKind.IntervalEnd, "");

    private readonly ToolRun _tool = new();

    public void Dispose() => _tool.Dispose();

    internal static MetricEvent[] Interval { get; } =
    [
        Distribution("routergen.call.duration", "routergen.group=fast", 0.8, 2.4, 90, 100),
        Distribution("routergen.call.duration", "routergen.group=fast,error.type=timeout", 20, 30, 10, 250),
        Rate("routergen.attempts", "routergen.group=fast,routergen.deployment=openai/gpt-6-luna,routergen.outcome=answered", 30),
        Rate("routergen.attempts", "routergen.group=fast,routergen.deployment=openai/gpt-6-luna,routergen.outcome=rate_limited", 6),
        Rate("routergen.attempts", "routergen.group=fast,routergen.deployment=anthropic/claude-haiku-5-5,routergen.outcome=answered", 20),
        Rate("routergen.failovers", "routergen.group=fast", 4),
        Rate("routergen.cooldowns", "routergen.group=fast,routergen.deployment=openai/gpt-6-luna,routergen.outcome=rate_limited", 0.5),
        Rate("routergen.cost", "routergen.group=fast,routergen.deployment=openai/gpt-6-luna", 0.001),
        Value("routergen.queue.length", "routergen.group=fast", 3),
        Value("routergen.headroom", "routergen.group=fast,routergen.deployment=openai/gpt-6-luna", 0.05),
        Value("routergen.in_flight", "routergen.group=fast,routergen.deployment=openai/gpt-6-luna", 12),
        Distribution("gen_ai.client.operation.duration", "gen_ai.operation.name=chat,gen_ai.provider.name=openai,gen_ai.request.model=gpt-6-luna", 0.7, 2, 60, 50),
        Distribution("gen_ai.client.operation.time_to_first_chunk", "gen_ai.provider.name=openai,gen_ai.request.model=gpt-6-luna", 0.2, 0.4, 60, 15),
        Distribution("gen_ai.client.token.usage", "gen_ai.provider.name=openai,gen_ai.request.model=gpt-6-luna,gen_ai.token.type=input", 400, 900, 60, 24000),
        Distribution("gen_ai.client.token.usage", "gen_ai.provider.name=openai,gen_ai.request.model=gpt-6-luna,gen_ai.token.type=output", 80, 200, 60, 5000),
        End,
    ];

    [Fact]
    public void An_interval_has_the_figures_of_its_events()
    {
        var state = new TopState(intervalSeconds: 2);
        TopSnapshot snapshot = Interval.Select(state.Apply).OfType<TopSnapshot>().Single();
        Assert.Equal(new GroupFigures("fast", 50, 5, ((0.8 * 90) + (20 * 10)) / 100, ((2.4 * 90) + (30 * 10)) / 100, 4, 3, 3.6), Assert.Single(snapshot.Groups));
        Assert.Equal(new DeploymentFigures("fast", "openai/gpt-6-luna", 36, 6, 3.6, 12, 0.05, 1), snapshot.Deployments[1]);
        Assert.Equal(new DeploymentFigures("fast", "anthropic/claude-haiku-5-5", 20, 0, 0, null, null, 0), snapshot.Deployments[0]);
        Assert.Equal(new ModelFigures("openai/gpt-6-luna", 30, 0, 0.7, 2, 0.2, 12000, 2500), Assert.Single(snapshot.Models));
    }

    [Fact]
    public void What_was_seen_stays_and_cooldowns_add_up()
    {
        var state = new TopState(intervalSeconds: 2);
        foreach (MetricEvent happened in Interval) state.Apply(happened);
        TopSnapshot quiet = state.Apply(End)!;
        Assert.Equal(0, quiet.Groups[0].CallsPerSecond);
        Assert.Null(quiet.Groups[0].P50);
        Assert.Equal(1, quiet.Deployments[1].Cooldowns);
        Assert.Equal(2, Interval.Select(state.Apply).OfType<TopSnapshot>().Single().Deployments[1].Cooldowns);
    }

    [Fact]
    public async Task One_interval_is_printed()
    {
        _tool.Processes = new RecordedProcesses([End, .. Interval, .. Interval]) { Known = { new(7, "shop") } };
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("top", "--name", "shop", "--interval", "2", "--json"));
        Assert.Equal(50, _tool.Json.GetProperty("groups")[0].GetProperty("callsPerSecond").GetDouble());
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("top", "--name", "shop", "--interval", "2", "--once"));
        Assert.Contains("shop (process 7)", _tool.Out);
        Assert.Matches(@"fast +│ +50 │ +5 │ 2\.72 s │ 5\.16 s │ +4 │ +3 │ +3\.6", _tool.Out);
    }

    [Fact]
    public async Task A_process_that_ends_ends_the_watch()
    {
        _tool.Processes = new RecordedProcesses([End, .. Interval]);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("top", "-p", "7", "--interval", "2"));
        Assert.Contains("process 7 has ended.", _tool.Error);
        Assert.Contains("openai/gpt-6-luna", _tool.Out);
    }

    [Fact]
    public async Task Processes_are_listed()
    {
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("top"));
        _tool.Processes = new RecordedProcesses { Known = { new(7, "shop"), new(8, "shop") } };
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("top", "--json"));
        Assert.Equal([7, 8], _tool.Json.GetProperty("processes").EnumerateArray().Select(process => process.GetProperty("id").GetInt32()));
        Assert.Equal(ExitCodes.Usage, await _tool.RunAsync("top", "--name", "shop"));
        Assert.Contains("state one with --process-id: 7, 8.", _tool.Error);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("top", "--name", "other"));
    }

    [Fact]
    public void Values_of_tags_may_have_commas()
    {
        Dictionary<string, string> tags = MetricEvent.ParseTags("routergen.group=a,b=c,d,routergen.deployment=x");
        Assert.Equal("c,d", tags["b"]);
        Assert.Equal("x", tags["routergen.deployment"]);
        Assert.Empty(MetricEvent.ParseTags(""));
    }

    [Fact]
    public async Task A_process_is_watched_over_its_diagnostics_port()
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RouterGen.MeterProcess.dll")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            _tool.Processes = new DiagnosticProcesses(TimeProvider.System);
            Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("top", "--json"));
            Assert.Contains(process.Id, _tool.Json.GetProperty("processes").EnumerateArray().Select(running => running.GetProperty("id").GetInt32()));
            Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("top", "-p", process.Id.ToString(CultureInfo.InvariantCulture), "--interval", "0.2", "--json"));
        }
        finally
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        JsonElement group = _tool.Json.GetProperty("groups")[0];
        Assert.Equal("fast", group.GetProperty("group").GetString());
        Assert.True(group.GetProperty("callsPerSecond").GetDouble() > 0);
        Assert.Equal(0.5, group.GetProperty("p50").GetDouble(), 0.01);
        Assert.Equal(2, group.GetProperty("queued").GetDouble());
        JsonElement deployment = _tool.Json.GetProperty("deployments")[0];
        Assert.Equal(("openai/gpt-6-luna", 0.25, 4), (deployment.GetProperty("deployment").GetString(), deployment.GetProperty("headroom").GetDouble(), deployment.GetProperty("inFlight").GetDouble()));
        Assert.Equal(deployment.GetProperty("attemptsPerSecond").GetDouble() / 2, deployment.GetProperty("errorsPerSecond").GetDouble(), 0.001);
        Assert.True(deployment.GetProperty("usdPerHour").GetDouble() > 0);
        JsonElement model = _tool.Json.GetProperty("models")[0];
        Assert.Equal("openai/gpt-6-luna", model.GetProperty("model").GetString());
        Assert.True(model.GetProperty("outputTokensPerSecond").GetDouble() > 0);
    }

    [Fact]
    public async Task A_fault_ends_the_watch()
    {
        _tool.Processes = new RecordedProcesses(MetricEvents.Read("MultipleSessionsNotSupportedError", _ => null)!);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("top", "-p", "7"));
        Assert.Contains("another program watches the process already", _tool.Error);
    }

    [Fact]
    public async Task A_process_that_is_none_cannot_be_watched()
    {
        _tool.Processes = new DiagnosticProcesses(TimeProvider.System);
        Assert.Equal(ExitCodes.Problems, await _tool.RunAsync("top", "--process-id", "2147483646", "--once"));
        Assert.Contains("process 2147483646 cannot be watched", _tool.Error);
    }

    private static MetricEvent Rate(string instrument, string tags, double rate) => new(MetricKind.Rate, instrument) { Tags = MetricEvent.ParseTags(tags), Number = rate };

    private static MetricEvent Value(string instrument, string tags, double value) => new(MetricKind.Value, instrument) { Tags = MetricEvent.ParseTags(tags), Number = value };

    private static MetricEvent Distribution(string instrument, string tags, double p50, double p95, long count, double sum) =>
        new(MetricKind.Distribution, instrument) { Tags = MetricEvent.ParseTags(tags), Quantiles = MetricEvent.ParseQuantiles(FormattableString.Invariant($"0.5={p50};0.95={p95};0.99={p95}")), Count = count, Sum = sum };
}
