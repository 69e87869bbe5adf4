using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Page.Data;

namespace RouterGen.Gateway.Page;

/// <summary>Lets those with the master key see the page's data; no other key opens it.</summary>
/// <param name="key">The master key.</param>
internal sealed class PageGuard(MasterKey key)
{
    /// <summary>Returns an endpoint that asks for the key.</summary>
    public RequestDelegate Guard(RequestDelegate next) => context =>
    {
        PageHeaders.AddOfData(context.Response.Headers);
        if (PageOrigin.IsOther(context.Request)) return PageJson.SendErrorAsync(context, 403, "Only the page asks here: requests of its own origin, and posts of JSON.");
        return key.Check(context.Request.Headers) is { } refused ? PageJson.SendErrorAsync(context, refused.Status, refused.Message) : next(context);
    };
}
