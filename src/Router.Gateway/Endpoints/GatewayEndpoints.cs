using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.Anthropic;
using RouterGen.Gateway.Dialects.OpenAIChat;
using RouterGen.Gateway.Dialects.OpenAIResponses;
using RouterGen.Gateway.Endpoints;
using RouterGen.Gateway.Health;
using RouterGen.Gateway.Kinds;
using RouterGen.Gateway.Logs;
using RouterGen.Gateway.Metrics;
using RouterGen.Gateway.Models;
using RouterGen.Gateway.Page.Record;
using RouterGen.Gateway.Responses;

namespace RouterGen;

/// <summary>Puts the endpoints of a gateway on an application.</summary>
public static class GatewayEndpoints
{
    /// <summary>Serves model groups in the dialects that clients speak: OpenAI's and Anthropic's.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="models">The groups, which may change while it runs.</param>
    /// <param name="options">How they are served; null for the defaults.</param>
    /// <returns>All endpoints, for conventions such as a rate limit of the application's own.</returns>
    public static IEndpointConventionBuilder MapRouterGen(this IEndpointRouteBuilder endpoints, IModelGroups models, GatewayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(models);
        options ??= new GatewayOptions();
        options.Metrics.Watch(models);
        RouteGroupBuilder all = endpoints.MapGroup("");
        if (PageRecord.Of(options)?.Content is { } content) ((IEndpointConventionBuilder)all).Add(content.AddTo);
        var map = new EndpointMap(all, PipelineOf(options, endpoints.ServiceProvider));
        var openAI = new OpenAIChatDialect(options.TimeProvider);
        MapChat(map, "/chat/completions", models, openAI, options);
        var anthropic = new AnthropicDialect();
        MapAnthropic(map, models, anthropic, options);
        MapResponses(map, models, options, KeptResponses.Of(options, endpoints.ServiceProvider));
        MapKinds(map, new KindServices(models, openAI, options));
        MapFacts(map, models, openAI, options, new HostServices(endpoints.ServiceProvider).Stopping);
        map.Rest(options.AnswersUnknownPaths ? "" : "/v1", openAI, anthropic);
        return all;
    }

    /// <summary>
    /// Serves what the gateway has counted, for Prometheus: in its text format, or in OpenMetrics where that is asked for. Where there is a master key it alone opens it. Nothing
    /// of it is a client's text or a key; still it tells how much is asked of which model, so that it belongs on a port of its own where there is one.
    /// </summary>
    /// <param name="endpoints">The application, the gateway's or another one.</param>
    /// <param name="options">The same as the gateway is served with.</param>
    /// <param name="path">Where it is served.</param>
    /// <returns>The endpoint, for conventions such as the port that it is served on (<c>RequireHost</c>).</returns>
    public static IEndpointConventionBuilder MapRouterGenMetrics(this IEndpointRouteBuilder endpoints, GatewayOptions options, string path = "/metrics")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var pipeline = new RequestPipeline(KeyServices.Of(options, endpoints.ServiceProvider).Filter, [], options.Limits, new HostServices(endpoints.ServiceProvider), options.TimeProvider);
        return endpoints.MapGet(path, pipeline.ForMaster(path, new MetricsEndpoint(options.Metrics).HandleAsync, new OpenAIChatDialect(options.TimeProvider)));
    }

    /// <summary>Returns what requests of a gateway go through, wherever its endpoints are mapped.</summary>
    /// <param name="options">The gateway's options.</param>
    /// <param name="application">The services of an application of the gateway's.</param>
    internal static RequestPipeline PipelineOf(GatewayOptions options, IServiceProvider application)
    {
        var keys = KeyServices.Of(options, application);
        return options.Shared(() => new RequestPipeline(keys.Filter, ObserversOf(options, keys, application), options.Limits, new HostServices(application), options.TimeProvider));
    }

    private static IGatewayObserver[] ObserversOf(GatewayOptions options, KeyServices keys, IServiceProvider application)
    {
        List<IGatewayObserver> observers = [options.Metrics, .. AccessLog.Of(application)];
        if (keys.Observer is { } spend) observers.Add(spend);
        if (PageRecord.Of(options) is { } record) observers.Add(new PageObserver(record));
        return [.. observers];
    }

    private static void MapChat(EndpointMap map, string path, IModelGroups models, GatewayDialect dialect, GatewayOptions options) =>
        map.Post(path, new ChatEndpoint(models, dialect, options).HandleAsync, dialect);

    private static void MapAnthropic(EndpointMap map, IModelGroups models, AnthropicDialect dialect, GatewayOptions options)
    {
        MapChat(map, "/messages", models, dialect, options);
        map.Post("/messages/count_tokens", new CountEndpoint(models, dialect, options).HandleAsync, dialect);
    }

    private static void MapResponses(EndpointMap map, IModelGroups models, GatewayOptions options, KeptResponses? kept)
    {
        var dialect = new OpenAIResponsesDialect(options.TimeProvider);
        var preparer = new ResponsesPreparer(models, dialect, options, kept);
        var responses = new ResponseEndpoints(dialect, options, kept);
        map.Post("/responses", new ChatEndpoint(models, dialect, options, preparer).HandleAsync, dialect);
        map.Get("/responses", new UpgradeRefusal(dialect).HandleAsync, dialect);
        map.Post("/responses/input_tokens", new CountEndpoint(models, dialect, options, "response.input_tokens", preparer).HandleAsync, dialect);
        map.Get("/responses/{id}", responses.GetAsync, dialect);
        map.Delete("/responses/{id}", responses.DeleteAsync, dialect);
        map.Get("/responses/{id}/input_items", responses.ListInputAsync, dialect);
        map.Post("/responses/{id}/cancel", responses.RefuseCancelAsync, dialect);
    }

    private static void MapKinds(EndpointMap map, KindServices services)
    {
        map.Post("/embeddings", new EmbeddingsEndpoint(services).HandleAsync, services.Errors);
        map.Post("/completions", new CompletionsEndpoint(services).HandleAsync, services.Errors);
        map.Post("/rerank", new RerankEndpoint(services).HandleAsync, services.Errors);
        map.Post("/moderations", new ModerationsEndpoint(services).HandleAsync, services.Errors);
        map.Post("/images/generations", new ImagesEndpoint(services).HandleAsync, services.Errors);
        map.Post("/images/edits", new ImageEditsEndpoint(services).HandleAsync, services.Errors);
        map.Post("/audio/transcriptions", new TranscriptionsEndpoint(services).HandleAsync, services.Errors);
        map.Post("/audio/speech", new SpeechEndpoint(services).HandleAsync, services.Errors);
    }

    // What is asked by machines that watch needs no key, and tells nothing.
    private static void MapFacts(EndpointMap map, IModelGroups models, GatewayDialect errors, GatewayOptions options, CancellationToken stopping)
    {
        var health = new HealthEndpoints(models, stopping);
        map.Get("/models", new ModelsEndpoint(models, options.TimeProvider.GetUtcNow()).ListAsync, errors);
        map.Open("/health/liveness", HealthEndpoints.AliveAsync, errors);
        map.Open("/health/liveliness", HealthEndpoints.AliveAsync, errors); // LiteLLM's name
        map.Open("/health/readiness", health.ReadyAsync, errors);
        map.Get("/health", health.DetailsAsync, errors);
    }
}
