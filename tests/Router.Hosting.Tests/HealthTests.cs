using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using RouterGen.FakeProviders;

namespace RouterGen.Hosting.Tests;

/// <summary>A group's health is what its router knows of its deployments.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private const string OpenAI = "openai/gpt-4o-mini", Anthropic = "anthropic/claude-haiku-4-5";

    private readonly RecordedLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private FakeProviderServer _providers = null!;

    public async ValueTask InitializeAsync() => _providers = await FakeProviderServer.StartAsync();

    public ValueTask DisposeAsync() => _providers.DisposeAsync();

    [Fact]
    public async Task A_group_is_degraded_while_one_cools_down_and_unhealthy_while_all_do()
    {
        using IHost host = await StartAsync(TestHost.Create(_log, _providers));
        ChatGroup chat = host.Services.GetRequiredService<Models>().Chat;
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        Assert.Equal("2 of 2 deployments take calls.", (await CheckAsync(host)).Description);
        _providers[OpenAI].Always(Fault.Status(401));

        await chat.CompleteAsync("Hello", new CallOptions { Deployment = Anthropic });
        await Assert.ThrowsAsync<RoutingException>(() => chat.CompleteAsync("Hello", new CallOptions { Deployment = OpenAI }));

        TimeSpan cooldown = chat[OpenAI].Status.CooldownRemaining;
        string text = string.Create(CultureInfo.InvariantCulture, $"cools down for another {cooldown.TotalSeconds:F1} s after AuthenticationFailed");
        HealthReportEntry degraded = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Equal($"1 of 2 deployments take calls; openai/gpt-4o-mini: {text}.", degraded.Description);
        Assert.Equal(text, degraded.Data[OpenAI]);
        Assert.Equal(Math.Round(cooldown.TotalSeconds, 1), degraded.Data[OpenAI + ":CooldownSeconds"]);
        Assert.Equal("healthy", degraded.Data[Anthropic]);

        _providers[Anthropic].Always(Fault.Status(401));
        _time.Advance(cooldown / 2);
        await Assert.ThrowsAsync<RoutingException>(() => chat.CompleteAsync("Hello"));
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
        Assert.Equal(Math.Round(chat[OpenAI].Status.CooldownRemaining.TotalSeconds, 1), (await CheckAsync(host)).Data[OpenAI + ":CooldownSeconds"]);

        _time.Advance(chat[OpenAI].Status.CooldownRemaining);
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status); // One may be asked again.
        _time.Advance(chat[Anthropic].Status.CooldownRemaining);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_missing_key_degrades_and_its_variable_is_named()
    {
        using IHost host = await StartAsync(TestHost.Create(_log, TestHost.Keys[0]));

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("is not configured, because the environment variable ANTHROPIC_API_KEY is not set", entry.Data[Anthropic]);
        Assert.DoesNotContain("secret", entry.Description);
    }

    [Fact]
    public async Task A_deployment_that_an_operator_took_out_is_no_fault_unless_none_is_left()
    {
        using IHost host = await StartAsync(TestHost.Create(_log, TestHost.Keys));
        ChatGroup chat = host.Services.GetRequiredService<Models>().Chat;

        chat[OpenAI].Disable();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        Assert.Equal("disabled", (await CheckAsync(host)).Data[OpenAI]);

        await chat[Anthropic].DrainAsync();
        HealthReportEntry none = await CheckAsync(host);
        Assert.Equal((HealthStatus.Unhealthy, "All deployments are taken out of service."), (none.Status, none.Description));

        chat[OpenAI].Enable();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task Each_group_of_each_class_has_a_check_with_the_chosen_name_tags_and_status()
    {
        HostApplicationBuilder builder = TestHost.Create(_log, TestHost.Keys[0]);
        builder.Services.AddModels().AddOtherModels().AddRouterGenHosting();
        builder.Services.AddSingleton<ModelGroup>(static provider => provider.GetRequiredService<OtherModels>().Lone); // A group of the same name.
        builder.Services.AddHealthChecks().AddRouterGen("models", HealthStatus.Degraded, ["ready", "models"], TimeSpan.FromSeconds(3));
        using IHost host = builder.Build();
        await host.StartAsync();
        host.Services.GetRequiredService<OtherModels>().Lone.Deployments[0].Disable();

        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(static registration => registration.Tags.Contains("ready") && registration.Timeout == TimeSpan.FromSeconds(3));

        Assert.Equal(["models:chat", "models:lone", "models:lone-2"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.All(report.Entries.Values, static entry => Assert.Equal((HealthStatus.Degraded, true), (entry.Status, entry.Tags.Contains("models"))));
    }

    private async Task<IHost> StartAsync(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddModels().AddRouterGenHosting();
        builder.Services.AddHealthChecks().AddRouterGen();
        IHost host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["routergen:chat"];
}
