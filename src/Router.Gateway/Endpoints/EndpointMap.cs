using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Dialects;

namespace RouterGen.Gateway.Endpoints;

/// <summary>Maps endpoints, each with and without the version: clients differ in whether their base address ends with it.</summary>
/// <param name="endpoints">Where they are mapped.</param>
/// <param name="keys">Asks for the key.</param>
internal sealed class EndpointMap(IEndpointRouteBuilder endpoints, KeyFilter keys)
{
    /// <summary>Maps what is posted.</summary>
    public void Post(string path, RequestDelegate handle, GatewayDialect errors)
    {
        RequestDelegate guarded = keys.Guard(handle, errors);
        endpoints.MapPost("/v1" + path, guarded);
        endpoints.MapPost(path, guarded);
    }

    /// <summary>Maps what is read.</summary>
    public void Get(string path, RequestDelegate handle, GatewayDialect errors)
    {
        RequestDelegate guarded = keys.Guard(handle, errors);
        endpoints.MapGet("/v1" + path, guarded);
        endpoints.MapGet(path, guarded);
    }

    /// <summary>Maps what is read without a key.</summary>
    public void Open(string path, RequestDelegate handle) => endpoints.MapGet(path, handle);
}
