using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Calls;

/// <summary>What a client gets where there is no answer.</summary>
internal static class RequestHandling
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="dialect">How the client speaks.</param>
    /// <param name="answer">Answers, or returns or throws why it has not.</param>
    public static async Task RunAsync(HttpContext context, GatewayDialect dialect, Func<HttpContext, Task<GatewayError?>> answer)
    {
        GatewayError? error = null;
        try
        {
            error = await answer(context).ConfigureAwait(false);
        }
        catch (RoutingException exception) when (!context.Response.HasStarted)
        {
            error = dialect.ErrorOf(exception);
        }
        catch (ArgumentException exception) when (!context.Response.HasStarted)
        {
            error = RoutingErrors.Of(FailureKind.InvalidRequest, exception.Message); // What a group refuses before it asks a deployment: no text, a size that is none.
        }
        catch (RoutingException)
        {
            context.Abort(); // What is cut must not look complete.
        }

        if (error is not null) await ErrorResponse.WriteAsync(context, dialect, error).ConfigureAwait(false);
    }
}
