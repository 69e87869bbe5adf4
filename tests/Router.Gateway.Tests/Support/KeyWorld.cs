using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RouterGen.Runtime.Tests;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A gateway with keys and their management on one port, on virtual time, in front of a provider that a test holds.</summary>
internal sealed class KeyWorld : IAsyncDisposable
{
    public const string Master = "sk-master-of-this-test";

    private KeyWorld(World world, HeldUpstream upstream, VirtualTime time, GatewayOptions options, LogLines logs)
    {
        World = world;
        Upstream = upstream;
        Time = time;
        Options = options;
        Logs = logs;
    }

    public World World { get; }

    public HeldUpstream Upstream { get; }

    public VirtualTime Time { get; }

    public GatewayOptions Options { get; }

    public LogLines Logs { get; }

    /// <summary>Gets all endpoints that manage, each with its method.</summary>
    public required string[] ManagementRoutes { get; init; }

    public static async Task<KeyWorld> StartAsync(IGatewayStore? store = null, Action<GatewayOptions>? configure = null, VirtualTime? time = null)
    {
        time ??= new VirtualTime();
        var options = new GatewayOptions { MasterKey = Master, TimeProvider = time };
        if (store is not null) options.Keys.Store = store;
        configure?.Invoke(options);
        var upstream = new HeldUpstream();
        var logs = new LogLines();
        string[] routes = [];
        World world = await World.StartAsync(upstream, options, builder => builder.Services.AddSingleton<ILoggerProvider>(logs), (app, models) =>
        {
            string[] before = [.. Routes(app)];
            app.MapRouterGenManagement(models, options);
            routes = [.. Routes(app).Except(before)];
        });
        return new KeyWorld(world, upstream, time, options, logs) { ManagementRoutes = routes };
    }

    /// <summary>Posts to what manages keys, with the master key.</summary>
    public async Task<JsonNode> ManageAsync(string path, string body, int status = 200)
    {
        Got got = await World.PostAsync(path, body, ("authorization", $"Bearer {Master}"));
        Assert.True(got.Status == status, $"{path}: {got.Status} {got.Body}");
        return JsonNode.Parse(got.Body)!;
    }

    /// <summary>Reads from what manages keys, with the master key.</summary>
    public async Task<JsonNode> ReadAsync(string path, int status = 200)
    {
        Got got = await World.GetAsync(path, ("authorization", $"Bearer {Master}"));
        Assert.True(got.Status == status, $"{path}: {got.Status} {got.Body}");
        return JsonNode.Parse(got.Body)!;
    }

    /// <summary>Makes a key.</summary>
    public async Task<string> KeyAsync(string body = "{}") => (string)(await ManageAsync("/key/generate", body))["key"]!;

    /// <summary>Asks a group of chat.</summary>
    public Task<Got> ChatAsync(string key, string model = "chat", params (string, string)[] headers) =>
        World.PostAsync("/v1/chat/completions", $$"""{"model":"{{model}}","max_tokens":10,"messages":[{"role":"user","content":"Hello"}]}""", [("authorization", $"Bearer {key}"), .. headers]);

    /// <summary>Returns what a key has spent.</summary>
    public async Task<decimal> SpendAsync(string key) => (decimal)(await ReadAsync($"/key/info?key={key}"))["info"]!["spend"]!;

    // Those without a method refuse all.
    private static IEnumerable<string> Routes(IEndpointRouteBuilder app) =>
        from endpoint in app.DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()
        where methods is not null
        select $"{methods.HttpMethods[0]} {endpoint.RoutePattern.RawText}";

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
