using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RouterGen.Infrastructure;
using RouterGen.Runtime.Tests;

namespace RouterGen.Telemetry.Tests;

/// <summary>Sinks of an application, by its services.</summary>
public sealed class ServiceTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_routers_of_an_application_share_its_sinks_which_are_flushed_when_it_stops()
    {
        await using StandIn collector = await StandIn.StartAsync(Services.Collector);
        using IHost host = Host(services => services.AddRouterGenTelemetry(telemetry => telemetry.UseOtlp(new() { SendsMetrics = false })), ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.AbsoluteUri));
        await host.StartAsync(Test);
        IRouterObserver first = Assert.Single(RouterOptions.FromServices(host.Services).Observers);
        RouterOptions options = RouterOptions.FromServices(host.Services);
        Assert.Same(first, Assert.Single(options.Observers));

        var router = new TestRouter(observers: [.. options.Observers]);
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Text("hi"));
        await group.CompleteAsync("Hello", cancellationToken: Test);
        await host.StopAsync(Test);
        Assert.Equal(2, Otlp.SpansOf(Assert.Single(collector.Taken)).Count);
    }

    [Fact]
    public async Task Further_sinks_may_be_added_and_all_end_with_the_services()
    {
        await using StandIn collector = await StandIn.StartAsync(Services.Collector), helicone = await StandIn.StartAsync(Services.Helicone);
        var made = new List<RouterTelemetrySink>();
        var services = new ServiceCollection();
        services.AddRouterGenTelemetry(telemetry => telemetry.Use(options => Keep(options.UseOtlp(new() { Endpoint = collector.Address, SendsMetrics = false }))));
        services.AddRouterGenTelemetry(telemetry => telemetry.Use(options => Keep(options.UseHelicone(new() { BaseUrl = helicone.Address, ApiKey = Services.HeliconeKey }))));
        await using (ServiceProvider provider = services.BuildServiceProvider()) Assert.Equal(2, RouterOptions.FromServices(provider).Observers.Count);
        Assert.Equal(["OTLP", "Helicone"], made.Select(static sink => sink.Name));
        Assert.All(made, static sink => Assert.False(sink.FlushAsync(Test).GetAwaiter().GetResult())); // It is disposed.

        RouterTelemetrySink Keep(RouterTelemetrySink sink)
        {
            made.Add(sink);
            return sink;
        }
    }

    [Fact]
    public async Task A_missing_key_stops_the_start_of_the_application()
    {
        using IHost host = Host(services => services.AddRouterGenTelemetry(static telemetry => telemetry.UseOtlp().UseLangfuse().UseHelicone()), ("LANGFUSE_PUBLIC_KEY", "pk"));
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Test));
        Assert.Contains("LANGFUSE_SECRET_KEY is not set", failure.Message, StringComparison.Ordinal);
    }

    private static IHost Host(Action<IServiceCollection> add, params (string Name, string Value)[] configuration)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(configuration.Select(static pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)));
        add(builder.Services);
        return builder.Build();
    }
}
