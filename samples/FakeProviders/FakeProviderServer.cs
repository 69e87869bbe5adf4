using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RouterGen.FakeProviders;

/// <summary>
/// A loopback server that speaks the dialects of OpenAI (<c>/{provider}/…/chat/completions</c>) and Anthropic
/// (<c>/{provider}/…/v1/messages</c>). A deployment is named after the first segment of the path and the model in the body; what it does
/// is scripted for each (<see cref="this[string]"/>, or <c>POST /_script/{provider}/{model}</c>).
/// </summary>
public sealed class FakeProviderServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, DeploymentScript> _scripts = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly FakeProviderOptions _options;
    private readonly WireDialect[] _dialects;
    private readonly WebApplication _app;

    private FakeProviderServer(FakeProviderOptions options)
    {
        _options = options;
        _dialects = [new OpenAIDialect(options.TimeProvider), new AnthropicDialect(options.TimeProvider)];
        _app = Build(options);
        _app.MapPost("/_reset", (RequestDelegate)ResetAsync);
        _app.MapGet("/_script/{provider}/{**model}", (RequestDelegate)ReadCountersAsync);
        _app.MapPost("/_script/{provider}/{**model}", (RequestDelegate)LoadScriptAsync);
        _app.MapPost("/{provider}/{**rest}", (RequestDelegate)ServeAsync);
    }

    /// <summary>The server's root, with a slash at its end: for example "http://127.0.0.1:41234/".</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>The script of a deployment, for example "anthropic/claude-haiku-5-5".</summary>
    public DeploymentScript this[string deployment] =>
        _scripts.GetOrAdd(deployment, static (name, record) => new DeploymentScript(name, record), _options.RecordRequests);

    /// <summary>Starts a server on a loopback port.</summary>
    public static async Task<FakeProviderServer> StartAsync(FakeProviderOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new FakeProviderServer(options ?? new FakeProviderOptions());
        await server._app.StartAsync(cancellationToken);
        IServerAddressesFeature addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.BaseAddress = new Uri(addresses.Addresses.Single());
        return server;
    }

    /// <summary>Every deployment recovers, answers as usual and counts from zero.</summary>
    public void Reset()
    {
        foreach (DeploymentScript script in _scripts.Values) script.Reset();
    }

    /// <summary>Drops all connections and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true)); // a client that is still reading is no reason to wait
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private static WebApplication Build(FakeProviderOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        // A flush that returns only when the socket has the bytes: a reset after the third delta must not swallow the third delta.
        builder.WebHost.UseSockets(sockets => sockets.MaxWriteBufferSize = 1);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null; // slow readers are welcome
            kestrel.Listen(IPAddress.Loopback, options.Port, options.Listen ?? (static listen => listen.Protocols = HttpProtocols.Http1));
        });
        WebApplication app = builder.Build();
        app.UseRouting();
        return app;
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (Route(context.Request.Path.Value!) is not var (provider, dialect))
        {
            context.Response.StatusCode = 404;
            return;
        }

        using JsonDocument? document = await ReadJsonAsync(context);
        JsonElement? body = document?.RootElement;
        DeploymentScript? script = body?.FindString("model") is { } model ? this[$"{provider}/{model}"] : null;
        script?.Arrive(script.RecordRequests ? Record(context.Request, body!.Value) : null);
        bool isAborted = false;
        try
        {
            if (dialect.Check(context.Request.Headers, body) is { } refusal)
            {
                context.Response.Headers[dialect.RequestIdHeader] = dialect.NextRequestId();
                await SendJsonAsync(context, refusal.StatusCode, JsonBytes.Of(refusal.Body));
                return;
            }

            var exchange = new Exchange(context, dialect, body!.Value, script!.TakeFault(), script.Reply, _options.TimeProvider, _stopping.Token);
            await exchange.RunAsync();
        }
        catch (OperationCanceledException)
        {
            isAborted = !_stopping.IsCancellationRequested;
            context.Abort();
        }
        finally
        {
            script?.Leave(isAborted);
        }
    }

    private (string Provider, WireDialect Dialect)? Route(string path)
    {
        int end = path.IndexOf('/', 1);
        foreach (WireDialect dialect in _dialects)
        {
            if (path.EndsWith(dialect.PathSuffix, StringComparison.Ordinal) && path.Length - dialect.PathSuffix.Length >= end && end > 1)
                return (path[1..end], dialect);
        }

        return null;
    }

    private static async Task<JsonDocument?> ReadJsonAsync(HttpContext context)
    {
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RecordedRequest Record(HttpRequest request, JsonElement body) => new(
        request.Path.Value!,
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        body.GetRawText());

    private static async Task SendJsonAsync(HttpContext context, int statusCode, byte[] json)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    private DeploymentScript ScriptOf(HttpContext context) => this[$"{context.GetRouteValue("provider")}/{context.GetRouteValue("model")}"];

    private async Task LoadScriptAsync(HttpContext context)
    {
        try
        {
            ScriptDocument? document = await JsonSerializer.DeserializeAsync(context.Request.Body, ScriptJson.Default.ScriptDocument, context.RequestAborted);
            if (document is null || document.Steps?.Any(step => step.Times <= 0) is true) throw new JsonException("times must be positive");
            ScriptOf(context).Load(document);
            context.Response.StatusCode = 204;
        }
        catch (JsonException e)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(e.Message, context.RequestAborted);
        }
    }

    private Task ReadCountersAsync(HttpContext context) =>
        SendJsonAsync(context, 200, JsonSerializer.SerializeToUtf8Bytes(ScriptOf(context).Counters, ScriptJson.Default.ScriptCounters));

    private Task ResetAsync(HttpContext context)
    {
        Reset();
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <summary>The server is a guest in its process: signals are not its business.</summary>
    private sealed class GuestLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
