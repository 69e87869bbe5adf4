using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace RouterGen.Tool.Tests.Doctor;

/// <summary>A stand-in on loopback for what exchanges keys for tokens: it always answers the same, and keeps what was asked.</summary>
internal sealed class TokenServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly WebApplication _app;

    private TokenServer(int status, string body)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _asked.Enqueue(await reader.ReadToEndAsync());
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
    }

    public string Address => _app.Urls.Single() + "/identity/token";

    /// <summary>The bodies of the requests.</summary>
    public string[] Asked => [.. _asked];

    public static async Task<TokenServer> StartAsync(int status, string body)
    {
        var server = new TokenServer(status, body);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
