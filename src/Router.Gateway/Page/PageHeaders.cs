using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Page;

/// <summary>What keeps the page safe in a browser: nothing of it comes from elsewhere, goes elsewhere, is framed, or is made of a text.</summary>
internal static class PageHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Adds the headers of a file of the page.</summary>
    public static void AddOfFile(IHeaderDictionary headers)
    {
        AddOfAll(headers);
        headers.CacheControl = "no-cache"; // kept, and asked for each time by its ETag
        headers.ContentSecurityPolicy = Policy;
        headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["cross-origin-opener-policy"] = "same-origin";
    }

    /// <summary>Adds the headers of data.</summary>
    public static void AddOfData(IHeaderDictionary headers)
    {
        AddOfAll(headers);
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }

    private static void AddOfAll(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY"; // for browsers that do not know frame-ancestors
        headers["referrer-policy"] = "no-referrer";
        headers["cross-origin-resource-policy"] = "same-origin";
    }
}
