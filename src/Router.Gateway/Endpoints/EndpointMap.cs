using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RouterGen.Gateway.Dialects;

namespace RouterGen.Gateway.Endpoints;

/// <summary>Maps endpoints, each with and without the version: clients differ in whether their base address ends with it. A method that a path does not have is refused in its dialect.</summary>
/// <param name="endpoints">Where they are mapped.</param>
/// <param name="pipeline">What requests go through.</param>
internal sealed class EndpointMap(IEndpointRouteBuilder endpoints, RequestPipeline pipeline)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Posting = [HttpMethods.Post];
    private static readonly string[] Deleting = [HttpMethods.Delete];

    private readonly Dictionary<string, MethodRefusal> _refusals = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Maps what is posted.</summary>
    public void Post(string path, RequestDelegate handle, GatewayDialect errors) => MapTwice(path, Posting, pipeline.Limited(path, handle, errors), errors);

    /// <summary>Maps what is read.</summary>
    public void Get(string path, RequestDelegate handle, GatewayDialect errors) => MapTwice(path, Reading, pipeline.Around(path, handle, errors), errors);

    /// <summary>Maps what is deleted.</summary>
    public void Delete(string path, RequestDelegate handle, GatewayDialect errors) => MapTwice(path, Deleting, pipeline.Around(path, handle, errors), errors);

    /// <summary>Maps what is read without a key, as often as one likes.</summary>
    public void Open(string path, RequestDelegate handle, GatewayDialect errors)
    {
        endpoints.MapMethods(path, Reading, handle);
        Refuse(path, path, Reading, errors);
    }

    /// <summary>Maps all that is not there.</summary>
    /// <param name="under">The path under which it is.</param>
    /// <param name="openAI">How OpenAI's clients are told of errors, and all whose dialect the path does not tell.</param>
    /// <param name="anthropic">How Anthropic's clients are told of errors.</param>
    public void Rest(string under, GatewayDialect openAI, GatewayDialect anthropic)
    {
        endpoints.Map(under + "/{**rest}", pipeline.Refusal(PathRefusal.Endpoint, PathRefusal.Of, openAI));
        foreach (string messages in (ReadOnlySpan<string>)["/v1/messages", "/v1/v1/messages"]) endpoints.Map(messages + "/{**rest}", pipeline.Refusal(PathRefusal.Endpoint, PathRefusal.Of, anthropic));
    }

    private void MapTwice(string path, string[] methods, RequestDelegate whole, GatewayDialect errors)
    {
        foreach (string pattern in (ReadOnlySpan<string>)["/v1" + path, path])
        {
            endpoints.MapMethods(pattern, methods, whole);
            Refuse(pattern, path, methods, errors);
        }
    }

    private void Refuse(string pattern, string path, string[] methods, GatewayDialect errors)
    {
        if (!_refusals.TryGetValue(pattern, out MethodRefusal? refusal))
        {
            // Routing prefers endpoints that name the method.
            _refusals[pattern] = refusal = new MethodRefusal();
            endpoints.Map(pattern, pipeline.Refusal(path, refusal.Of, errors));
        }

        foreach (string method in methods) refusal.Add(method);
    }
}
