using System.Net;
using RouterGen;

namespace GatewayProgram;

/// <summary>Keys, teams, budgets, spend and the page for people, on a port of their own that the clients of models do not reach.</summary>
internal static class ManagementApplication
{
    /// <summary>Starts it.</summary>
    /// <param name="models">The groups.</param>
    /// <param name="options">The gateway's options: the same object, so that a change to a key holds at once.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="signIn">How people sign in to the page; null where they do not.</param>
    public static async Task<WebApplication> StartAsync(IModelGroups models, GatewayOptions options, IPAddress address, int port, OpenIdConnectSignInOptions? signIn)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder([]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("RouterGen", LogLevel.Information);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>(); // The gateway's own ends both.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        if (signIn is not null) builder.Services.AddRouterGenOpenIdConnect(signIn);
        WebApplication app = builder.Build();
        app.MapRouterGenManagement(models, options);
        app.MapRouterGenPage(models, options);
        app.MapRouterGenMetrics(options);
        await app.StartAsync();
        return app;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
