using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
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
/// A loopback server that speaks the dialects of OpenAI (<c>/{provider}/…/chat/completions</c>), Anthropic
/// (<c>/{provider}/…/v1/messages</c>, and as Vertex AI serves it, <c>/{provider}/…/publishers/anthropic/models/{model}:rawPredict</c>), Gemini (<c>/{provider}/…/models/{model}:generateContent</c>), Bedrock
/// (<c>/{provider}/…/model/{model}/converse</c> or <c>/invoke</c>), Cohere (<c>/{provider}/…/v2/chat</c>) and Ollama (<c>/{provider}/…/api/chat</c>), the embeddings of all of these but Anthropic, images of OpenAI, Gemini and Bedrock, completions of texts (<c>/{provider}/…/completions</c>, <c>/fim/completions</c>, <c>/api/generate</c>), rankings of OpenAI's form (which is Jina's), Cohere's and Bedrock's, OpenAI's moderation, transcriptions and speech, and the counters of tokens that some of them have. It plays Azure where a path
/// names its API behind the provider, which is the resource (<c>/{provider}/openai/v1/…</c>, <c>/{provider}/openai/deployments/…</c>). A deployment is
/// named after the first segment of the path and the model in the body or the path; what it does is scripted for each (<see cref="this[string]"/>, or <c>POST /_script/{provider}/{model}</c>).
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
        var azure = new AzureDialect(options.TimeProvider);
        var openAI = new OpenAIDialect(options.TimeProvider);
        var ollama = new OllamaDialect(options.TimeProvider);
        _dialects =
        [
            azure,
            openAI,
            new OpenAIEmbeddingDialect(azure, options.TimeProvider),
            new OpenAIEmbeddingDialect(openAI, options.TimeProvider),
            new GeminiEmbeddingDialect(options.TimeProvider),
            new VertexEmbeddingDialect(options.TimeProvider),
            new VertexContentDialect(options.TimeProvider),
            new CohereEmbeddingDialect(options.TimeProvider),
            new OllamaEmbeddingDialect(options.TimeProvider),
            new BedrockEmbeddingDialect(options.TimeProvider),
            new OpenAICompletionDialect(azure, options.TimeProvider),
            new OpenAICompletionDialect(openAI, options.TimeProvider),
            new FimDialect(openAI, options.TimeProvider),
            new OllamaGenerateDialect(ollama, options.TimeProvider),
            .. CountDialect.All(options.TimeProvider),
            new CohereRerankDialect(options.TimeProvider),
            new BedrockRerankDialect(options.TimeProvider),
            new OpenAIRerankDialect(options.TimeProvider),
            new ModerationDialect(options.TimeProvider),
            new OpenAIImageDialect(azure, options.TimeProvider),
            new OpenAIImageDialect(openAI, options.TimeProvider),
            new GeminiImageDialect(options.TimeProvider),
            new BedrockImageDialect(options.TimeProvider),
            new OpenAITranscriptionDialect(azure, options.TimeProvider),
            new OpenAITranscriptionDialect(openAI, options.TimeProvider),
            new OpenAISpeechDialect(azure, options.TimeProvider),
            new OpenAISpeechDialect(openAI, options.TimeProvider),
            new OpenAIResponsesDialect(options.TimeProvider),
            new AnthropicDialect(options.TimeProvider),
            new VertexClaudeDialect(options.TimeProvider),
            new GeminiDialect(options.TimeProvider),
            new ConverseDialect(options.TimeProvider),
            new InvokeDialect(options.TimeProvider),
            new CohereDialect(options.TimeProvider),
            ollama,
        ];
        _app = Build(options);
        _app.MapPost("/_reset", (RequestDelegate)ResetAsync);
        _app.MapGet("/_script/{provider}/{**model}", (RequestDelegate)ReadCountersAsync);
        _app.MapPost("/_script/{provider}/{**model}", (RequestDelegate)LoadScriptAsync);
        _app.MapGet("/computeMetadata/v1/instance/service-accounts/default/token", (RequestDelegate)IssueTokenAsync);
        _app.MapGet("/{provider}/{**rest}", (RequestDelegate)ListModelsAsync);
        _app.MapPost("/{provider}/{**rest}", (RequestDelegate)ServeAsync);
    }

    /// <summary>The server's root, with a slash at its end: for example "http://127.0.0.1:41234/".</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>The lists of models.</summary>
    public FakeModelLists Models { get; } = new();

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

    private Task ListModelsAsync(HttpContext context)
    {
        (int status, JsonObject body) = Models.Answer((string)context.GetRouteValue("provider")!, context.Request.Path.Value!, context.Request.Headers);
        NoteDate(context);
        return SendJsonAsync(context, status, JsonBytes.Of(body));
    }

    private async Task ServeAsync(HttpContext context)
    {
        NoteDate(context);
        string path = context.Request.Path.Value!;
        byte[] bytes = await ReadAsync(context);
        using JsonDocument? document = FormBody.BoundaryOf(context.Request.ContentType) is { } boundary ? FormBody.Parse(bytes, boundary) : Parse(bytes);
        JsonElement? body = document?.RootElement;
        if (Route(path, body) is not var (provider, dialect))
        {
            context.Response.StatusCode = 404;
            return;
        }

        string? model = body is { } asked ? dialect.ModelOf(path, asked) : null;
        DeploymentScript? script = model is null ? null : this[$"{provider}/{model}"];
        script?.Arrive(script.RecordRequests ? Record(context.Request, body!.Value) : null);
        bool isAborted = false;
        try
        {
            if ((CheckSignature(context, dialect, bytes) ?? dialect.CheckAddress(context.Request, body) ?? dialect.Check(context.Request.Headers, body)) is { } refusal)
            {
                if (refusal.Body["__type"] is { } type) context.Response.Headers["x-amzn-ErrorType"] = (string)type!;
                context.Response.Headers[dialect.RequestIdHeader] = dialect.NextRequestId();
                await SendJsonAsync(context, refusal.StatusCode, JsonBytes.Of(refusal.Body));
                return;
            }

            var exchange = new Exchange(context, dialect, model!, body!.Value, script!.TakeFault(), script.TakeReply(), _options.TimeProvider, _stopping.Token);
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

    // The clock of the server is that of the test.
    private void NoteDate(HttpContext context) => context.Response.Headers.Date = _options.TimeProvider.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private (string Provider, WireDialect Dialect)? Route(string path, JsonElement? body)
    {
        int end = path.IndexOf('/', 1);
        foreach (WireDialect dialect in _dialects)
        {
            if (end > 1 && dialect.Serves(path.AsSpan(end)) && (body is null || dialect.Takes(body.Value))) return (path[1..end], dialect);
        }

        return null;
    }

    private Refusal? CheckSignature(HttpContext context, WireDialect dialect, byte[] body) =>
        dialect.TakesSignatures && AwsSignature.Is(context.Request.Headers) && AwsSignature.Check(context, body, _options.AwsKeys, _options.TimeProvider.GetUtcNow()) is var (type, message)
            ? new Refusal(403, new JsonObject { ["__type"] = type, ["message"] = message })
            : null;

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return bytes.ToArray();
    }

    private static JsonDocument? Parse(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RecordedRequest Record(HttpRequest request, JsonElement body) => new(
        request.Path.Value! + request.QueryString,
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

    // Google's metadata server, for deployments of Vertex AI.
    private static Task IssueTokenAsync(HttpContext context)
    {
        if (context.Request.Headers["Metadata-Flavor"] != "Google")
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        }

        context.Response.Headers["Metadata-Flavor"] = "Google";
        return SendJsonAsync(context, 200, [.. "{\"access_token\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(VertexClaudeDialect.Token), .. "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"u8]);
    }

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
