using System.Text.Json.Nodes;
using RouterGen.Gateway.Page.Figures;
using RouterGen.Gateway.Page.Log;
using RouterGen.Gateway.Page.Record;
using RouterGen.Gateway.Tests.Support;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests.Page;

/// <summary>The figures of seconds, minutes and a day.</summary>
public sealed class PageFigureTests
{
    private static readonly int Noon = (int)(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() / 60);

    [Fact]
    public void Quantiles_are_near()
    {
        var times = new LatencyHistogram();
        Assert.Null(times.Quantile(0.5));
        for (int ms = 1; ms <= 1000; ms++) times.Add(TimeSpan.FromMilliseconds(ms));
        foreach ((double part, double exact) in ((double, double)[])[(0.5, 500), (0.95, 950), (0.99, 990), (0, 1), (1, 1000)]) Assert.InRange(times.Quantile(part)!.Value, exact * 0.9, exact * 1.1);
        var extremes = new LatencyHistogram();
        extremes.Add(TimeSpan.Zero);
        extremes.Add(TimeSpan.FromDays(9));
        extremes.Add(times);
        Assert.Equal(1002, extremes.Count);
        Assert.True(extremes.Quantile(1) > 900_000);
    }

    [Fact]
    public void A_day_of_minutes_is_kept_and_what_is_older_goes()
    {
        var series = new MinuteSeries();
        for (int minute = 0; minute < 2 * MinuteSeries.Kept; minute++) series.Add(Noon + minute, "a", Of(10, spend: 1));
        (string name, StepFigures[] steps) = Assert.Single(series.Read(Noon + (2 * MinuteSeries.Kept) - 1, 60, 24));
        Assert.Equal(("a", 60, 24L, 24d), (name, steps.Length, steps[0].Requests, steps[^1].Spend));
        (_, steps) = Assert.Single(series.Read(Noon + (2 * MinuteSeries.Kept) + 29, 60, 1));
        Assert.Equal((30, 0L, null), (steps.Count(static step => step.Requests > 0), steps[^1].Requests, steps[^1].P50));
        Assert.Empty(series.Read(Noon + (4 * MinuteSeries.Kept), 60, 24));
    }

    [Fact]
    public void A_step_weighs_its_minutes()
    {
        var series = new MinuteSeries();
        for (int i = 0; i < 3; i++) series.Add(Noon, "a", Of(100));
        series.Add(Noon + 1, "a", Of(1000, first: 50, isError: true, tokens: 7));
        StepFigures step = Assert.Single(Assert.Single(series.Read(Noon + 1, 1, 2)).Steps);
        Assert.Equal((4L, 1L, 7L), (step.Requests, step.Errors, step.Tokens));
        Assert.InRange(step.P50!.Value, 325 * 0.9, 325 * 1.1);
        Assert.InRange(step.FirstToken!.Value, 45, 55);
    }

    [Fact]
    public void Names_are_bounded_and_come_back_when_others_are_forgotten()
    {
        var series = new MinuteSeries();
        for (int i = 0; i < 100; i++) series.Add(Noon, "name-" + i, Of(1));
        IReadOnlyList<(string Name, StepFigures[] Steps)> lines = series.Read(Noon, 1, 1);
        Assert.Equal((65, MinuteSeries.Others, 36L), (lines.Count, lines[0].Name, lines[0].Steps[0].Requests));
        series.Add(Noon + MinuteSeries.Kept, "name-99", Of(1));
        Assert.Equal("name-99", Assert.Single(series.Read(Noon + MinuteSeries.Kept, 1, 1)).Name);
    }

    [Fact]
    public void A_clock_that_is_set_back_loses_nothing()
    {
        var series = new MinuteSeries();
        series.Add(Noon, "a", Of(1));
        series.Add(Noon - 30, "a", Of(1));
        Assert.Equal(2, Assert.Single(series.Read(Noon - 30, 1, 1)).Steps[0].Requests);
    }

    [Fact]
    public void Seconds_go_by()
    {
        var time = new VirtualTime();
        var record = new PageRecord(new PageOptions(), time);
        record.Started();
        record.Started();
        Assert.Equal(2, record.InFlight);
        record.Ended(Entry(200, 40, 0.5m));
        record.Ended(Entry(500, 80, null));
        time.Advance(TimeSpan.FromSeconds(1));
        SecondFigures last = record.Seconds()[^1];
        Assert.Equal((0, 2, 1, 20L, 0.5m), (record.InFlight, last.Requests, last.Errors, last.Tokens, last.Spend));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(2, record.Seconds()[0].Requests);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, record.Seconds().Sum(static second => second.Requests));
        Assert.Equal(2, record.Latencies().Durations.Count);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, record.Latencies().Durations.Count);
    }

    [Fact]
    public void An_attempt_that_ends_after_its_request_is_charged_and_kept()
    {
        var record = new PageRecord(new PageOptions(), new VirtualTime());
        static RequestAttempt Attempt(string deployment, string? outcome, decimal? cost) => new("chat", deployment, "openai/" + deployment, outcome, null, null, TimeSpan.FromMilliseconds(5), null, 10, cost);
        record.Started();
        record.Ended(Entry(200, 40, 0.5m) with { Group = "chat", Attempts = [Attempt("slow", RequestAttempt.UnderWay, null), Attempt("fast", null, 0.5m)] });
        Assert.Equal("chat / fast", Assert.Single(record.Series("deployment", 1, 1)!).Name);
        record.EndedLate("1", "chat", Attempt("slow", "Canceled", 0.25m));
        record.EndedLate("not kept", "chat", Attempt("slow", "Canceled", 0.25m));
        RequestEntry entry = Assert.Single(record.Latest());
        Assert.Equal((0.75m, "Canceled", null), (entry.Cost, entry.Attempts[0].Outcome, entry.Attempts[1].Outcome));
        StepFigures group = Assert.Single(record.Series("group", 1, 1)!).Steps[0];
        Assert.Equal((1L, 1d, 30L), (group.Requests, group.Spend, group.Tokens));
        StepFigures slow = record.Series("deployment", 1, 1)!.Single(static line => line.Name == "chat / slow").Steps[0];
        Assert.Equal((2L, 0L), (slow.Requests, slow.Errors)); // What lost a race has not failed.
    }

    [Fact]
    public async Task Figures_are_told_by_group_deployment_and_model()
    {
        await using World world = await World.StartAsync(new GatewayOptions { Page = new PageOptions() });
        await world.PostAsync("/v1/chat/completions", """{"model":"chat","stream":true,"messages":[{"role":"user","content":"Hello"}]}""");
        await world.PostAsync("/v1/chat/completions", """{"model":"nowhere","messages":[]}""");
        await world.ListAsync(2);
        foreach ((string by, string name) in ((string, string)[])[("group", "chat"), ("deployment", "chat / openai/gpt-4o-mini"), ("model", "openai/gpt-4o-mini")])
        {
            JsonNode line = (await world.ReadAsync($"/ui/api/series?hours=24&by={by}"))["series"]!.AsArray().Single(one => (string)one!["name"]! == name)!;
            Assert.Equal((60, 1, 0), (line["requests"]!.AsArray().Count, (int)line["requests"]![59]!, (int)line["errors"]![59]!));
            Assert.True((double)line["spend"]![59]! > 0 && (double)line["p95"]![59]! > 0 && (double)line["firstToken"]![59]! > 0);
            Assert.Null(line["p95"]![0]);
        }

        Assert.Equal(400, (await world.GetAsync("/ui/api/series?by=prompt")).Status);
        JsonNode live = await world.ReadAsync("/ui/api/live");
        Assert.Equal((0, 2, 60), ((int)live["inFlight"]!, live["latest"]!.AsArray().Count, live["seconds"]!.AsArray().Count));
        Assert.Empty((await world.ReadAsync("/ui/api/live?after=2"))["latest"]!.AsArray());
    }

    private static Sample Of(double ms, double? first = null, bool isError = false, long tokens = 0, decimal spend = 0) =>
        new(isError, TimeSpan.FromMilliseconds(ms), first is { } known ? TimeSpan.FromMilliseconds(known) : null, tokens, spend);

    private static RequestEntry Entry(int status, double ms, decimal? cost) => new()
    {
        Id = "1",
        StartedAt = VirtualTime.Start,
        Duration = TimeSpan.FromMilliseconds(ms),
        Endpoint = "/chat/completions",
        Status = status,
        InputTokens = 10,
        Cost = cost,
    };
}
