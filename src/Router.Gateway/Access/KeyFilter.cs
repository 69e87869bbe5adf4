using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;

namespace RouterGen.Gateway.Access;

/// <summary>Lets requests with the key on to an endpoint, and answers all others.</summary>
/// <param name="key">The key.</param>
internal sealed class KeyFilter(MasterKey key)
{
    /// <summary>Returns an endpoint that asks for the key.</summary>
    /// <param name="next">The endpoint.</param>
    /// <param name="dialect">How its clients are told of errors.</param>
    public RequestDelegate Guard(RequestDelegate next, GatewayDialect dialect) => context =>
    {
        if (key.Check(context.Request.Headers) is not { } refused) return next(context);
        context.Response.Headers[dialect.RequestIdHeader] = context.TraceIdentifier;
        return ErrorResponse.WriteAsync(context, dialect, refused);
    };
}
