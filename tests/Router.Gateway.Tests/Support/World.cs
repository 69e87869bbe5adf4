using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RouterGen.FakeProviders;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A gateway on a loopback port, in front of fake providers or of what a test scripts.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>A group for each dialect that a deployment speaks, and some with several.</summary>
    private const string Models = """
        {
          "providers": {
            "responses": { "dialect": "openAIResponses", "endpoint": "https://responses.example/v1", "endpointEnv": "RESPONSES_BASE_URL", "apiKeyEnv": "RESPONSES_API_KEY" },
            "converse": { "dialect": "bedrockConverse", "endpoint": "https://converse.example", "endpointEnv": "CONVERSE_BASE_URL", "apiKeyEnv": "CONVERSE_API_KEY" }
          },
          "groups": {
            "chat": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": ["openai/gpt-4o-mini"] },
            "responses": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": ["responses/gpt-5-mini"] },
            "claude": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": ["anthropic/claude-haiku-4-5"] },
            "gemini": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": [{ "model": "gemini/gemini-3.5-flash", "endpointEnv": "GEMINI_BASE_URL" }] },
            "converse": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": ["converse/anthropic.claude-haiku-4-5-20251001-v1:0"] },
            "thinker": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": [{ "model": "openai/gpt-5-mini", "dialect": "openAIResponses" }] },
            "bedrock": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": [{ "model": "bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0", "region": "us-east-1" }] },
            "text": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": ["deepseek/deepseek-flash"] },
            "invoke": { "timeoutSeconds": 30, "maxAttempts": 1, "deployments": [{ "model": "bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0", "region": "us-east-1", "dialect": "anthropicMessages", "headers": { "anthropic-beta": "context-1m-2025-08-07" } }] },
            "pair": { "timeoutSeconds": 30, "deployments": [{ "model": "openai/gpt-4o-mini", "order": 0 }, { "model": "anthropic/claude-haiku-4-5", "order": 1 }] },
            "headed": { "timeoutSeconds": 30, "deployments": [{ "model": "anthropic/claude-haiku-4-5", "headers": { "anthropic-beta": "context-1m-2025-08-07" } }] },
            "vectors": { "deployments": ["openai/text-embedding-3-small"] },
            "ranking": { "deployments": [{ "model": "cohere/rerank-v4.0-pro", "endpointEnv": "COHERE_BASE_URL" }] },
            "judge": { "deployments": ["openai/omni-moderation-latest"] },
            "text-goes-on": { "deployments": ["openai/gpt-3.5-turbo-instruct"] },
            "pictures": { "deployments": ["openai/gpt-image-2"] },
            "ear": { "deployments": ["openai/gpt-4o-transcribe"] },
            "speakers": { "deployments": ["openai/gpt-4o-transcribe-diarize"] },
            "voice": { "deployments": ["openai/gpt-4o-mini-tts"] }
          }
        }
        """;

    private static readonly Dictionary<string, string> Paths = new()
    {
        ["OPENAI_BASE_URL"] = "openai/v1",
        ["ANTHROPIC_BASE_URL"] = "anthropic",
        ["COHERE_BASE_URL"] = "cohere/v2",
        ["GEMINI_BASE_URL"] = "gemini/v1beta",
        ["RESPONSES_BASE_URL"] = "responses/v1",
        ["CONVERSE_BASE_URL"] = "converse",
        ["DEEPSEEK_API_BASE"] = "deepseek/v1",
        ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"] = "bedrock",
    };

    private readonly WebApplication _app;
    private readonly RouterModels _models;

    private World(FakeProviderServer? providers, WebApplication app, RouterModels models, LogList logs)
    {
        Logs = logs;
        Providers = providers;
        _app = app;
        _models = models;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeProviderServer? Providers { get; }

    /// <summary>Gets all that was logged.</summary>
    public LogList Logs { get; }

    /// <summary>Gets what clients send with.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts a gateway in front of fake providers.</summary>
    public static async Task<World> StartAsync(GatewayOptions? options = null) => await StartAsync(await FakeProviderServer.StartAsync(), null, options);

    /// <summary>Starts a gateway in front of what a test scripts.</summary>
    public static Task<World> StartAsync(HttpMessageHandler upstream, GatewayOptions? options = null, TimeProvider? routerTime = null) => StartAsync(null, upstream, options, routerTime);

    /// <summary>Starts a gateway in front of what a test scripts, with more on the same application.</summary>
    public static Task<World> StartAsync(HttpMessageHandler upstream, GatewayOptions options, Action<WebApplicationBuilder> build, Action<WebApplication, IModelGroups> map) => StartAsync(null, upstream, options, null, build, map);

    /// <summary>Sends a request.</summary>
    public Task<Got> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"), headers);

    /// <summary>Reads something.</summary>
    public Task<Got> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Sends a request of any kind.</summary>
    public async Task<Got> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await Http.SendAsync(request);
        return new Got(
            (int)response.StatusCode,
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _models.Dispose();
        if (Providers is not null) await Providers.DisposeAsync();
    }

    private static async Task<World> StartAsync(
        FakeProviderServer? providers, HttpMessageHandler? upstream, GatewayOptions? options, TimeProvider? routerTime = null, Action<WebApplicationBuilder>? build = null, Action<WebApplication, IModelGroups>? map = null)
    {
        Uri root = providers?.BaseAddress ?? new Uri("https://upstream.example/");
        var router = new RouterOptions
        {
            Seed = 1,
            Variables = name => Paths.TryGetValue(name, out string? path) ? new Uri(root, path).ToString() : name.EndsWith("_KEY", StringComparison.Ordinal) || name is "AWS_BEARER_TOKEN_BEDROCK" ? "sk-secret-of-a-provider" : null,
            TimeProvider = routerTime ?? (options?.Fleet is null ? TimeProvider.System : options.TimeProvider), // An instance of a fleet has one clock.
            Fleet = options?.Fleet,
            Transport = upstream is null ? null : new HttpMessageInvoker(upstream),
        };
        var models = RouterModels.Parse(Models, options: router);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        var logs = new LogList();
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        build?.Invoke(builder);
        WebApplication app = builder.Build();
        app.UseRouting();
        options ??= new GatewayOptions();
        app.MapRouterGen(models, options);
        app.MapRouterGenMetrics(options);
        if (options.Page is not null) app.MapRouterGenPage(models, options);
        map?.Invoke(app, models);
        await app.StartAsync();
        return new World(providers, app, models, logs);
    }
}

/// <summary>What a client got.</summary>
internal sealed record Got(int Status, Dictionary<string, string> Headers, string Body);
