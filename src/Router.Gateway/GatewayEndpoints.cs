using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.Anthropic;
using RouterGen.Gateway.Dialects.OpenAIChat;
using RouterGen.Gateway.Dialects.OpenAIResponses;
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
        var anthropic = new AnthropicDialect();
        Map(all, "/chat/completions", new ChatEndpoint(models, new OpenAIChatDialect(options.TimeProvider), options).HandleAsync);
        Map(all, "/messages", new ChatEndpoint(models, anthropic, options).HandleAsync);
        Map(all, "/messages/count_tokens", new CountEndpoint(models, anthropic, options).HandleAsync);
        var responses = new OpenAIResponsesDialect(options.TimeProvider);
        Map(all, "/responses", new ChatEndpoint(models, responses, options).HandleAsync);
        foreach (string path in (string[])["/v1/responses", "/responses"]) all.MapGet(path, new UpgradeRefusal(responses).HandleAsync);
        all.MapGet("/v1/models", new ModelsEndpoint(models, options.TimeProvider.GetUtcNow()).ListAsync);
        return all;
    }

    // Clients differ in whether their base address ends with the version.
    private static void Map(RouteGroupBuilder endpoints, string path, RequestDelegate answer)
    {
        endpoints.MapPost("/v1" + path, answer);
        endpoints.MapPost(path, answer);
    }
}
