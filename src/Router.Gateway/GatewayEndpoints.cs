using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Dialects.OpenAIChat;
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
        Map(all, "/chat/completions", models, new OpenAIChatDialect(options.TimeProvider), options);
        all.MapGet("/v1/models", new ModelsEndpoint(models, options.TimeProvider.GetUtcNow()).ListAsync);
        return all;
    }

    // Clients differ in whether their base address ends with the version.
    private static void Map(RouteGroupBuilder endpoints, string path, IModelGroups models, GatewayDialect dialect, GatewayOptions options)
    {
        var endpoint = new ChatEndpoint(models, dialect, options);
        endpoints.MapPost("/v1" + path, endpoint.HandleAsync);
        endpoints.MapPost(path, endpoint.HandleAsync);
    }
}
