using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.OpenAIChat;
using RouterGen.Gateway.Kinds;
using RouterGen.Gateway.Models;

namespace RouterGen;

/// <summary>Puts the endpoints of a gateway on an application.</summary>
public static class GatewayEndpoints
{
    /// <summary>Serves model groups in the dialects that clients speak: OpenAI's and Anthropic's.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="models">The groups.</param>
    /// <param name="options">How they are served; null for the defaults.</param>
    public static IEndpointConventionBuilder MapRouterGen(this IEndpointRouteBuilder endpoints, IModelGroups models, GatewayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(models);
        options ??= new GatewayOptions();
        RouteGroupBuilder all = endpoints.MapGroup("");
        var openAI = new OpenAIChatDialect(options.TimeProvider);
        Map(all, "/chat/completions", models, openAI, options);
        MapKinds(all, new KindServices(models, openAI, options));
        all.MapGet("/v1/models", new ModelsEndpoint(models, options.TimeProvider.GetUtcNow()).ListAsync);
        return all;
    }

    private static void Map(RouteGroupBuilder endpoints, string path, IModelGroups models, GatewayDialect dialect, GatewayOptions options) =>
        Map(endpoints, path, new ChatEndpoint(models, dialect, options).HandleAsync);

    private static void MapKinds(RouteGroupBuilder endpoints, KindServices services)
    {
        Map(endpoints, "/embeddings", new EmbeddingsEndpoint(services).HandleAsync);
        Map(endpoints, "/completions", new CompletionsEndpoint(services).HandleAsync);
        Map(endpoints, "/rerank", new RerankEndpoint(services).HandleAsync);
        endpoints.MapPost("/v2/rerank", new RerankEndpoint(services).HandleAsync); // where Cohere's clients look for it
        Map(endpoints, "/moderations", new ModerationsEndpoint(services).HandleAsync);
        Map(endpoints, "/images/generations", new ImagesEndpoint(services).HandleAsync);
        Map(endpoints, "/images/edits", new ImageEditsEndpoint(services).HandleAsync);
        Map(endpoints, "/audio/transcriptions", new TranscriptionsEndpoint(services).HandleAsync);
        Map(endpoints, "/audio/speech", new SpeechEndpoint(services).HandleAsync);
    }

    // Clients differ in whether their base address ends with the version.
    private static void Map(RouteGroupBuilder endpoints, string path, RequestDelegate handle)
    {
        endpoints.MapPost("/v1" + path, handle);
        endpoints.MapPost(path, handle);
    }
}
