using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Access;

/// <summary>Lets requests with the key on to an endpoint.</summary>
/// <param name="key">The key.</param>
internal sealed class KeyFilter(MasterKey key)
{
    /// <summary>Returns why a request may not go on; null where it may.</summary>
    public GatewayError? Check(HttpContext context) => key.Check(context.Request.Headers);
}
