using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>RouterGen as an application has it: made by a container, with a named client of <c>IHttpClientFactory</c>, and logs at Information.</summary>
internal static class HostedRouter
{
    /// <summary>Makes an application, and the router in it.</summary>
    /// <param name="endpoint">Where both deployments are.</param>
    /// <param name="configure">Changes the options further.</param>
    public static (IHost Host, Router Router) Create(Uri endpoint, Action<RouterOptions>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(new QuietLogs()).SetMinimumLevel(LogLevel.Information);
        builder.Services.AddModels(options =>
        {
            options.Variables = name => name.EndsWith("_KEY", StringComparison.Ordinal) ? Contenders.Key : name.StartsWith("OTEL_", StringComparison.Ordinal) ? null : endpoint.AbsoluteUri;
            configure?.Invoke(options);
        });
        builder.Services.AddRouterGenHosting();
        builder.Services.AddHttpClient("RouterGen").ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        IHost host = builder.Build();
        return (host, new Router(host.Services.GetRequiredService<Models>().Chat));
    }

    /// <summary>Logs to nowhere, after the text is made.</summary>
    private sealed class QuietLogs : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _ = formatter(state, exception).Length;

        public void Dispose()
        {
        }
    }
}
