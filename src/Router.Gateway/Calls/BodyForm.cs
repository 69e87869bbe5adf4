using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Calls;

/// <summary>Tells whether the headers of a request say of its body what the gateway reads: JSON, and nothing that has to be unpacked.</summary>
internal static class BodyForm
{
    /// <summary>
    /// Looks whether a body is packed. It is not unpacked here: a few kilobytes can unpack to gigabytes. The answer names what is taken, as
    /// https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3 says.
    /// </summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static GatewayError? CheckEncoding(HttpContext context)
    {
        string encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return null;
        context.Response.Headers.AcceptEncoding = "identity";
        return new GatewayError(415, ErrorReason.InvalidRequest, "The body is compressed (Content-Encoding), which this gateway does not take: send it as it is.");
    }

    /// <summary>
    /// Looks whether a body is JSON. A page in a browser can send any body anywhere without asking, as long as its type is none of a program's; so one that comes from a
    /// page must say that it is.
    /// </summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static GatewayError? CheckType(HttpRequest request)
    {
        string? stated = request.ContentType;
        bool isFine = string.IsNullOrEmpty(stated) ? request.Headers.Origin.Count == 0 : stated is "application/json" || IsJson(stated);
        return isFine ? null : new GatewayError(415, ErrorReason.InvalidRequest, "The body must be JSON: send it with 'Content-Type: application/json'.");
    }

    private static bool IsJson(string type) =>
        MediaTypeHeaderValue.TryParse(type, out MediaTypeHeaderValue? parsed) && parsed.MediaType is { } media
        && (media.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.Equals("text/json", StringComparison.OrdinalIgnoreCase) || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
