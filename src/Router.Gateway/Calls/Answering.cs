using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Calls;

/// <summary>What surrounds the answer to each request: its id, and what a client gets where there is none.</summary>
internal static class Answering
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="dialect">How the client speaks.</param>
    /// <param name="answer">Answers, or returns why it has not.</param>
    public static async Task RunAsync(HttpContext context, GatewayDialect dialect, Func<HttpContext, Task<GatewayError?>> answer)
    {
        context.Response.Headers[dialect.RequestIdHeader] = context.TraceIdentifier;
        try
        {
            GatewayError? error = await answer(context).ConfigureAwait(false);
            if (error is not null) await ErrorResponse.WriteAsync(context, dialect, error).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is no one to answer.
        }
    }
}
