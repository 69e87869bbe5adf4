using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Page.Data;

namespace RouterGen.Gateway.Page;

/// <summary>Lets those with the master key see the page's data; no virtual key opens it, and those who guess are slowed as everywhere.</summary>
/// <param name="keys">Checks keys.</param>
/// <param name="time">The clock.</param>
internal sealed class PageGuard(KeyFilter keys, TimeProvider time)
{
    /// <summary>Returns an endpoint that asks for the key.</summary>
    public RequestDelegate Guard(RequestDelegate next) => async context =>
    {
        PageHeaders.AddOfData(context.Response.Headers);
        if (PageOrigin.IsOther(context.Request))
        {
            await PageJson.SendErrorAsync(context, 403, "Only the page asks here: requests of its own origin, and posts of JSON.").ConfigureAwait(false);
            return;
        }

        var call = GatewayCall.Begin(context, "/ui", [], time);
        if (await keys.CheckAsync(context, call).ConfigureAwait(false) is { } refused) await PageJson.SendErrorAsync(context, refused.Status, refused.Message).ConfigureAwait(false);
        else if (call.Caller?.Grant is not null) await PageJson.SendErrorAsync(context, 403, "Only the master key opens this.").ConfigureAwait(false);
        else await next(context).ConfigureAwait(false);
    };
}
