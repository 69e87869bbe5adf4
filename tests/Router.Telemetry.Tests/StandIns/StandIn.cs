using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RouterGen.Telemetry.Tests;

/// <summary>A server on the loopback that keeps what it is sent, and answers as a test says, else as the service that it stands for.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<Arrival, int> _service;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandIn(WebApplication app, Func<Arrival, int> service)
    {
        _app = app;
        _service = service;
    }

    /// <summary>Gets what arrived, in order, whatever the answer was.</summary>
    public ConcurrentQueue<Arrival> Arrivals { get; } = new();

    /// <summary>Gets what arrived and was taken.</summary>
    public IEnumerable<Arrival> Taken => Arrivals.Where(static arrival => arrival.Status == 200);

    /// <summary>Gets answers that come before the service's own.</summary>
    public ConcurrentQueue<(int Status, string? RetryAfter)> Scripted { get; } = new();

    /// <summary>Gets or sets the answer to all requests; null for the service's own.</summary>
    public int? Always { get; set; }

    /// <summary>Gets or sets whether requests are not answered at all.</summary>
    public bool Hangs { get; set; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts a server.</summary>
    /// <param name="service">Returns the status with which the real service answers.</param>
    public static async Task<StandIn> StartAsync(Func<Arrival, int> service)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var standIn = new StandIn(app, service);
        app.Run(standIn.AnswerAsync);
        await app.StartAsync();
        standIn.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return standIn;
    }

    /// <summary>Waits until so many requests have arrived.</summary>
    public async Task WaitAsync(int count)
    {
        while (true)
        {
            Task next = Volatile.Read(ref _arrived).Task;
            if (Arrivals.Count >= count) return;
            await next.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = new MemoryStream();
        bool isCompressed = context.Request.Headers.ContentEncoding == "gzip";
        await using (Stream read = isCompressed ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body) await read.CopyToAsync(body);
        var arrival = new Arrival(
            context.Request.Method, context.Request.Path, context.Request.ContentType, context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray(), isCompressed);
        string? retryAfter = null;
        arrival.Status = Scripted.TryDequeue(out (int Status, string? RetryAfter) scripted) ? scripted.Status : Always ?? _service(arrival);
        if (arrival.Status == scripted.Status) retryAfter = scripted.RetryAfter;
        Arrivals.Enqueue(arrival);
        Interlocked.Exchange(ref _arrived, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        if (Hangs) await Task.WhenAny(_ended.Task, Task.Delay(Timeout.Infinite, context.RequestAborted));
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        context.Response.StatusCode = arrival.Status;
    }
}

/// <summary>A request that arrived.</summary>
internal sealed record Arrival(string Method, string Path, string? ContentType, Dictionary<string, string> Headers, byte[] Body, bool IsCompressed)
{
    /// <summary>Gets or sets how it was answered.</summary>
    public int Status { get; set; }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
