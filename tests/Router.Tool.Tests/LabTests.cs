using System.Text.Json;
using RouterGen.Tool.Commands;
using RouterGen.Tool.Lab;
using RouterGen.Tool.Output;

namespace RouterGen.Tool.Tests;

public sealed class LabTests : IDisposable
{
    private const string Models = """
        { "groups": {
          "fast": { "deployments": ["anthropic/claude-haiku-5-5", "openai/gpt-6-luna"] },
          "shared": { "strategy": "weighted", "deployments": [{ "model": "anthropic/claude-haiku-5-5", "weight": 3 }, { "model": "openai/gpt-6-luna", "weight": 1 }] },
          "small": { "deployments": [{ "model": "openai/gpt-6-luna", "rpm": 60 }] } } }
        """;

    private readonly ToolRun _tool = new();

    public LabTests() => _tool.Write("models.json", Models);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task The_same_seed_is_the_same_run()
    {
        string[] arguments = ["lab", "--group", "fast", "--calls-per-second", "5", "--minutes", "2", "--json"];
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync(arguments));
        string first = _tool.Out;
        await _tool.RunAsync(arguments);
        Assert.Equal(first, _tool.Out);
        await _tool.RunAsync([.. arguments, "--seed", "7"]);
        Assert.NotEqual(first, _tool.Out);
        JsonElement outcome = _tool.Json.GetProperty("outcomes")[0];
        Assert.Equal(("Adaptive", 600), (outcome.GetProperty("strategy").GetString(), outcome.GetProperty("calls").GetInt32()));
        Assert.Equal(1, outcome.GetProperty("success").GetDouble());
        Assert.InRange(outcome.GetProperty("p50").GetDouble(), 0.2, 0.6);
        Assert.True(outcome.GetProperty("cost").GetDouble() > 0);
    }

    [Fact]
    public async Task Weights_are_the_declared_ones()
    {
        JsonElement shares = (await OutcomeAsync("--group", "shared", "--minutes", "5")).GetProperty("shares");
        Assert.InRange(shares.GetProperty("anthropic/claude-haiku-5-5").GetDouble(), 0.71, 0.79);
    }

    [Fact]
    public async Task Limits_are_the_declared_ones()
    {
        // Calls wait until the limit lets them through: that is 60 a minute, and far more come.
        JsonElement outcome = await OutcomeAsync("--group", "small", "--calls-per-second", "3", "--minutes", "2");
        Assert.True(outcome.GetProperty("p99").GetDouble() > 5);
        Assert.True((await OutcomeAsync("--group", "small", "--calls-per-second", "0.2", "--minutes", "2")).GetProperty("p99").GetDouble() < 5);
    }

    [Fact]
    public async Task An_outage_is_survived_and_seen_in_the_shares()
    {
        JsonElement outcome = await OutcomeAsync("--group", "fast", "--minutes", "4", "--outage", "openai/gpt-6-luna@1m+120s", "--latency", "openai/gpt-6-luna=0.1");
        Assert.True(outcome.GetProperty("success").GetDouble() > 0.99);
        Assert.InRange(outcome.GetProperty("shares").GetProperty("openai/gpt-6-luna").GetDouble(), 0.2, 0.6);
        Assert.True(outcome.GetProperty("retriesPerCall").GetDouble() > 0);
    }

    [Fact]
    public async Task Strategies_are_compared()
    {
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync("lab", "--group", "fast", "--minutes", "1", "--strategy", "weighted", "--strategy", "leastBusy", "--whole"));
        Assert.Contains("│ weighted ", _tool.Out);
        Assert.Contains("│ leastBusy ", _tool.Out);
        Assert.Contains("answer p50", _tool.Out);
        Assert.Contains("█", _tool.Out);
    }

    [Theory]
    [InlineData("State one of the groups with --group: fast, shared, small.", "--minutes", "1")]
    [InlineData("There is no group 'x'. There are: fast, shared, small.", "--group", "x")]
    [InlineData("There is no deployment 'x' in the group.", "--group", "fast", "--outage", "x@1m+1m")]
    [InlineData("There is no deployment 'x' in the group.", "--group", "fast", "--latency", "x=1")]
    [InlineData("--outage must be a deployment", "--group", "fast", "--outage", "openai/gpt-6-luna")]
    [InlineData("--latency must be a number from 0.001 to 600", "--group", "fast", "--latency", "fast")]
    [InlineData("There is no strategy 'best'.", "--group", "fast", "--strategy", "best")]
    [InlineData("at most 5,000,000 are simulated", "--group", "fast", "--calls-per-second", "100000", "--minutes", "10")]
    public async Task Wrong_usage_says_what_is_wrong(string message, params string[] arguments)
    {
        Assert.Equal(ExitCodes.Usage, await _tool.RunAsync(["lab", .. arguments]));
        Assert.Contains(message, _tool.Error);
    }

    [Theory]
    [InlineData("a@2m+30s", "a", 120, 150)]
    [InlineData("a@b@90+0.5m", "a@b", 90, 120)]
    [InlineData("a@0+1h", "a", 0, 3600)]
    public void Outages_are_read(string text, string deployment, double from, double to) => Assert.Equal(new LabOutage(deployment, from, to), LabOutage.Parse(text));

    [Fact]
    public void A_sparkline_shows_the_highest_as_the_highest() => Assert.Equal(" ▁▄█", Sparkline.Of([0, 0.01, 1, 2]));

    private async Task<JsonElement> OutcomeAsync(params string[] arguments)
    {
        Assert.Equal(ExitCodes.Ok, await _tool.RunAsync(["lab", "--json", .. arguments]));
        return _tool.Json.GetProperty("outcomes")[0];
    }
}
