using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RouterGen.FakeProviders;

namespace RouterGen.Hosting.Tests;

/// <summary>Applications for tests: configuration from memory alone, logs kept.</summary>
internal static class TestHost
{
    /// <summary>Both keys, as an application's configuration has them.</summary>
    public static readonly (string Key, string? Value)[] Keys = [("OPENAI_API_KEY", "sk-a-secret-of-openai"), ("ANTHROPIC_API_KEY", "sk-ant-a-secret-of-anthropic")];

    public static HostApplicationBuilder Create(RecordedLog log, params (string Key, string? Value)[] configuration)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(configuration.Select(static one => KeyValuePair.Create(one.Key, one.Value)));
        builder.Logging.AddProvider(log);
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        return builder;
    }

    /// <summary>Makes an application whose providers are on loopback.</summary>
    public static HostApplicationBuilder Create(RecordedLog log, FakeProviderServer providers) =>
        Create(log, [.. Keys, ("OPENAI_BASE_URL", new Uri(providers.BaseAddress, "openai/v1").ToString()), ("ANTHROPIC_BASE_URL", new Uri(providers.BaseAddress, "anthropic").ToString())]);

    /// <summary>Starts an application with a check, of which the start fails.</summary>
    /// <returns>What the check says.</returns>
    public static async Task<RouterConfigurationException> FailToStartAsync(HostApplicationBuilder builder)
    {
        using IHost host = builder.Build();
        return await Assert.ThrowsAsync<RouterConfigurationException>(() => host.StartAsync());
    }
}
