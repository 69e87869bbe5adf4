using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RouterGen.Gateway.Dialects;

namespace RouterGen.Gateway.Endpoints;

/// <summary>Maps endpoints, each with and without the version: clients differ in whether their base address ends with it.</summary>
/// <param name="endpoints">Where they are mapped.</param>
/// <param name="pipeline">What requests go through.</param>
internal sealed class EndpointMap(IEndpointRouteBuilder endpoints, RequestPipeline pipeline)
{
    /// <summary>Maps what is posted.</summary>
    public void Post(string path, RequestDelegate handle, GatewayDialect errors)
    {
        RequestDelegate whole = pipeline.Around(path, handle, errors);
        endpoints.MapPost("/v1" + path, whole);
        endpoints.MapPost(path, whole);
    }

    /// <summary>Maps what is read.</summary>
    public void Get(string path, RequestDelegate handle, GatewayDialect errors)
    {
        RequestDelegate whole = pipeline.Around(path, handle, errors);
        endpoints.MapGet("/v1" + path, whole);
        endpoints.MapGet(path, whole);
    }

    /// <summary>Maps what is read without a key.</summary>
    public void Open(string path, RequestDelegate handle) => endpoints.MapGet(path, handle);
}
