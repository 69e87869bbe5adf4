using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Access;

/// <summary>
/// Tells requests that another site makes a browser send, from those of the page. A browser adds the cookie of a person who signed in by itself, and a gateway without a key needs none.
/// </summary>
internal static class RequestOrigin
{
    /// <summary>Returns whether a browser says that another site makes the request (<c>Sec-Fetch-Site</c>), or it could be sent without asking the gateway first: one that changes something and is no JSON.</summary>
    public static bool IsOther(HttpRequest request)
    {
        string site = request.Headers["sec-fetch-site"].ToString();
        if (site is not ("" or "same-origin" or "none")) return true;
        return !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !request.HasJsonContentType();
    }
}
