using System.Globalization;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Calls;

/// <summary>Answers with an error in the client's dialect.</summary>
internal static class ErrorResponse
{
    public static async Task WriteAsync(HttpContext context, GatewayDialect dialect, GatewayError error)
    {
        GatewayCall.Of(context).Error = error;
        HttpResponse response = context.Response;
        response.StatusCode = dialect.StatusOf(error);
        response.ContentType = "application/json";

        // Clients try again by themselves, and each of their tries would be all of ours.
        if (error.WasRetried || error.IsFinal) response.Headers["x-should-retry"] = "false";
        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            response.Headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }

        dialect.WriteError(error, context.TraceIdentifier, response.BodyWriter);
        await response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }
}
