using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RouterGen.Fuzzing;

/// <summary>A gateway in front of providers that always answer, with a clock that stands still: nothing it does waits for time.</summary>
internal sealed class FuzzedGateway
{
    private const string Models = """
        {
          "providers": {
            "responses": { "dialect": "openAIResponses", "endpoint": "https://responses.example/v1", "endpointEnv": "RESPONSES_BASE_URL", "apiKeyEnv": "RESPONSES_API_KEY" },
            "text": { "dialect": "openAIChat", "endpoint": "https://text.example/v1", "endpointEnv": "TEXT_BASE_URL", "apiKeyEnv": "TEXT_API_KEY" }
          },
          "groups": {
            "chat": { "maxAttempts": 1, "deployments": ["openai/gpt-4o-mini"] },
            "claude": { "maxAttempts": 1, "deployments": ["anthropic/claude-haiku-4-5"] },
            "responses": { "maxAttempts": 1, "deployments": ["responses/gpt-5-mini"] },
            "gemini": { "maxAttempts": 1, "deployments": [{ "model": "gemini/gemini-3.5-flash", "endpointEnv": "GEMINI_BASE_URL" }] },
            "vectors": { "maxAttempts": 1, "deployments": [{ "model": "text/vectors", "kind": "embeddings" }] },
            "ranking": { "maxAttempts": 1, "deployments": [{ "model": "cohere/rerank-v4.0-pro", "endpointEnv": "COHERE_BASE_URL" }] },
            "judge": { "maxAttempts": 1, "deployments": ["openai/omni-moderation-latest"] },
            "text": { "maxAttempts": 1, "deployments": ["openai/gpt-3.5-turbo-instruct"] },
            "pictures": { "maxAttempts": 1, "deployments": ["openai/gpt-image-2"] },
            "ear": { "maxAttempts": 1, "deployments": ["openai/gpt-4o-transcribe"] },
            "voice": { "maxAttempts": 1, "deployments": ["openai/gpt-4o-mini-tts"] }
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
        ["TEXT_BASE_URL"] = "text/v1",
    };

    private readonly DirectServer _server = new();

    public FuzzedGateway()
    {
        var options = new RouterOptions
        {
            Seed = 1,
            Variables = static name => Paths.TryGetValue(name, out string? path) ? FuzzedProviders.Root + path : name.EndsWith("_KEY", StringComparison.Ordinal) ? FuzzedProviders.Key : null,
            Transport = new HttpMessageInvoker(Providers),
            TimeProvider = new StillTime(),
        };
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IServer>(_server);
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        WebApplication app = builder.Build();
        app.UseRouting();
        app.MapRouterGen(RouterModels.Parse(Models, options: options), new GatewayOptions { TimeProvider = new StillTime(), MasterKey = FuzzedProviders.MasterKey, AnswersUnknownPaths = true, Responses = { Store = new FuzzedResponses() } });
        app.StartAsync().GetAwaiter().GetResult();
    }

    /// <summary>Gets the providers.</summary>
    public FuzzedProviders Providers { get; } = new();

    /// <summary>Sends a request.</summary>
    /// <returns>The response; null where there is none.</returns>
    public (int Status, string Type, byte[] Body)? Send(HttpRequestFeature request)
    {
        using var body = new MemoryStream();
        var response = new Response(body);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        return _server.Send(features) ? (response.StatusCode, response.Headers.ContentType.ToString(), body.ToArray()) : null;
    }

    private sealed class Response(MemoryStream body) : HttpResponseFeature
    {
        public override bool HasStarted => body.Length > 0;
    }

    /// <summary>The process ends as its own program says.</summary>
    private sealed class GuestLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>A clock that stands still, and whose timers never fire.</summary>
    private sealed class StillTime : TimeProvider
    {
        private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new StillTimer();

        private sealed class StillTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
