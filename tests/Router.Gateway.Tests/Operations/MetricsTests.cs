using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RouterGen.FakeProviders;
using RouterGen.Gateway.Tests.Support;

namespace RouterGen.Gateway.Tests.Operations;

/// <summary>What Prometheus reads of the gateway.</summary>
public sealed partial class MetricsTests
{
    private const string Chat = """{"model":"MODEL","max_tokens":9,"messages":[{"role":"user","content":"Hello"}]}""";

    [Fact]
    public async Task Requests_and_attempts_are_counted()
    {
        await using World world = await World.StartAsync();
        await AskAsync(world, "chat");
        await AskAsync(world, "chat");
        await AskAsync(world, "no-such-model-of-a-client");
        await world.PostAsync("/v1/chat/completions", Chat.Replace("MODEL", "claude", StringComparison.Ordinal)[..^1] + ",\"stream\":true}");
        await world.GetAsync("/v1/made-up-by-a-client");
        world.Providers!["openai/gpt-4o-mini"].Always(Fault.Status(500));
        await AskAsync(world, "pair");

        Exposition seen = await ReadAsync(world);
        Assert.Equal(2, seen.Sum("routergen_gateway_requests_total", "endpoint=\"/chat/completions\",group=\"chat\",status=\"200\",error=\"\""));
        Assert.Equal(1, seen.Sum("routergen_gateway_requests_total", "group=\"\",status=\"404\",error=\"not_found\"", "/chat/completions"));
        Assert.Equal(1, seen.Sum("routergen_gateway_requests_total", "endpoint=\"(unknown)\""));
        Assert.Equal(5, seen.Sum("routergen_gateway_request_duration_seconds_count", "/chat/completions"));
        Assert.Equal(1, seen.Sum("routergen_gateway_request_duration_seconds_count", "streaming=\"true\""));
        Assert.Equal(1, seen.Sum("routergen_gateway_time_to_first_byte_seconds_count", "streaming=\"true\""));
        Assert.Equal(3, seen.Sum("routergen_gateway_overhead_duration_seconds_count"));
        Assert.Equal(2, seen.Sum("routergen_gateway_attempts_total", "group=\"chat\",deployment=\"openai/gpt-4o-mini\",outcome=\"success\""));
        Assert.Equal(1, seen.Sum("routergen_gateway_attempts_total", "group=\"pair\",deployment=\"openai/gpt-4o-mini\",outcome=\"server_error\""));
        Assert.Equal(1, seen.Sum("routergen_gateway_attempts_total", "group=\"pair\",deployment=\"anthropic/claude-haiku-4-5\",outcome=\"success\""));
        Assert.Equal(1, seen.Sum("routergen_gateway_time_to_first_token_seconds_count", "group=\"claude\""));
        Assert.Equal(1, seen.Sum("routergen_gateway_cooldowns_total", "group=\"pair\",deployment=\"openai/gpt-4o-mini\""));
        Assert.Equal(1, seen.Sum("routergen_gateway_deployment_state", "group=\"pair\",deployment=\"openai/gpt-4o-mini\""));
        Assert.True(seen.Sum("routergen_gateway_input_tokens_total", "model=\"gpt-4o-mini\"") > 0);
        Assert.True(seen.Sum("routergen_gateway_output_tokens_total", "provider=\"anthropic\"") > 0);
        Assert.InRange(seen.Sum("routergen_gateway_cost_usd_total"), 1e-9, 1);
        Assert.DoesNotContain(seen.Samples.Keys, static key => key.Contains("of-a-client", StringComparison.Ordinal) || key.Contains("by-a-client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_under_way_are_told()
    {
        await using World world = await World.StartAsync();
        DeploymentScript deployment = world.Providers!["openai/gpt-4o-mini"];
        deployment.Always(Fault.BlackHole);
        using var leaving = new CancellationTokenSource();
        Task call = world.Http.PostAsync("/v1/chat/completions", new StringContent(Chat.Replace("MODEL", "chat", StringComparison.Ordinal), null, "application/json"), leaving.Token);
        await deployment.WaitUntilAsync(static script => script.InFlight == 1);
        Exposition seen = await ReadAsync(world);
        Assert.Equal((1, 1), (seen.Sum("routergen_gateway_running_requests"), seen.Sum("routergen_gateway_deployment_in_flight", "group=\"chat\"")));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Wait.UntilAsync(() => world.Logs.Of("RouterGen.Gateway.Access").Length == 1);
        seen = await ReadAsync(world);
        Assert.Equal((0, 1), (seen.Sum("routergen_gateway_running_requests"), seen.Sum("routergen_gateway_requests_total", "status=\"499\",error=\"client_left\"")));
    }

    [Fact]
    public async Task LiteLLMs_names_are_there_unless_they_are_not_wanted()
    {
        await using World world = await World.StartAsync();
        await AskAsync(world, "chat");
        await AskAsync(world, "none");
        Exposition seen = await ReadAsync(world);
        Assert.Equal((2, 1), (seen.Sum("litellm_proxy_total_requests_metric_total"), seen.Sum("litellm_proxy_failed_requests_metric_total")));
        Assert.Equal(1, seen.Sum("litellm_deployment_success_responses_total", "requested_model=\"chat\",model_id=\"openai/gpt-4o-mini\""));
        Assert.Equal(seen.Sum("litellm_total_tokens_metric_total"), seen.Sum("litellm_input_tokens_metric_total") + seen.Sum("litellm_output_tokens_metric_total"));
        string[] names =
        [
            "litellm_spend_metric", "litellm_llm_api_latency_metric", "litellm_llm_api_time_to_first_token_metric", "litellm_request_total_latency_metric", "litellm_overhead_latency_metric", "litellm_in_flight_requests",
            "litellm_deployment_state", "litellm_deployment_cooled_down", "litellm_deployment_failure_responses", "litellm_deployment_total_requests", "litellm_deployment_successful_fallbacks", "litellm_deployment_failed_fallbacks",
        ];
        foreach (string name in names) Assert.Contains(seen.Families, family => family == name || family == name + "_total");

        await using World plain = await World.StartAsync(new GatewayOptions { ShowsLiteLLMMetrics = false });
        Assert.DoesNotContain((await ReadAsync(plain)).Families, static family => family.StartsWith("litellm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenMetrics_is_told_to_those_who_ask_for_it()
    {
        await using World world = await World.StartAsync();
        await AskAsync(world, "chat");
        Got plain = await world.GetAsync("/metrics", ("Accept", "text/plain;version=0.0.4"));
        Got open = await world.GetAsync("/metrics", ("Accept", "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;q=0.5"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", plain.Headers["Content-Type"]);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", open.Headers["Content-Type"]);
        Assert.EndsWith("\n# EOF\n", open.Body);
        Assert.Contains("# TYPE routergen_gateway_requests counter\nroutergen_gateway_requests_total{", open.Body);
        Assert.Contains("# TYPE routergen_gateway_requests_total counter\n", plain.Body);
        Assert.Equal(1, new Exposition(open.Body).Sum("routergen_gateway_requests_total", "group=\"chat\""));
    }

    [Fact]
    public async Task The_key_is_asked_for()
    {
        await using World world = await World.StartAsync(new GatewayOptions { MasterKey = "sk-right" });
        Assert.Equal((401, 200), ((await world.GetAsync("/metrics")).Status, (await world.GetAsync("/metrics", ("Authorization", "Bearer sk-right"))).Status));
    }

    [Theory]
    [InlineData("deploy/grafana/routergen.json")]
    [InlineData("deploy/prometheus/alerts.yml")]
    public async Task Dashboards_and_alerts_ask_for_metrics_that_are_there(string file)
    {
        await using World world = await World.StartAsync();
        await AskAsync(world, "chat");
        HashSet<string> names = (await ReadAsync(world)).Names;
        string[] asked = [.. Asked().Matches(await File.ReadAllTextAsync(Path.Combine(Root(), file))).Select(static match => match.Value).Distinct()];
        Assert.True(asked.Length > 5);
        Assert.All(asked, name => Assert.Contains(name, names));
    }

    private static async Task AskAsync(World world, string model) => await world.PostAsync("/v1/chat/completions", Chat.Replace("MODEL", model, StringComparison.Ordinal));

    private static async Task<Exposition> ReadAsync(World world)
    {
        Got got = await world.GetAsync("/metrics");
        Assert.Equal(200, got.Status);
        return new Exposition(got.Body);
    }

    private static string Root([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../../..");

    [GeneratedRegex(@"\b(routergen_gateway|process|dotnet|litellm)_[a-z_0-9]+")]
    private static partial Regex Asked();
}
