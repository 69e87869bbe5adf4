using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Endpoints;

/// <summary>Refuses requests whose method a path does not have, with those that it has.</summary>
internal sealed class MethodRefusal
{
    private readonly SortedSet<string> _methods = new(StringComparer.Ordinal);

    /// <summary>Notes a method that the path has.</summary>
    public void Add(string method) => _methods.Add(method);

    /// <summary>Returns what the client is told.</summary>
    public GatewayError Of(HttpContext context)
    {
        string allowed = string.Join(", ", _methods);
        context.Response.Headers.Allow = allowed;
        return new GatewayError(405, ErrorReason.InvalidRequest, $"This path is asked with {allowed}.") { Code = "method_not_allowed" };
    }
}
