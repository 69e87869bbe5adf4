using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;

namespace RouterGen.Gateway.Endpoints;

/// <summary>What each request goes through before and after its endpoint: it is noted, its key is checked, and its end is told.</summary>
/// <param name="keys">Checks keys.</param>
/// <param name="observers">What sees requests.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestPipeline(KeyFilter keys, IGatewayObserver[] observers, TimeProvider time)
{
    /// <summary>Returns an endpoint with what is around it.</summary>
    /// <param name="path">Its path, without the version.</param>
    /// <param name="handle">The endpoint.</param>
    /// <param name="dialect">How its clients are told of errors.</param>
    public RequestDelegate Around(string path, RequestDelegate handle, GatewayDialect dialect) => context => RunAsync(context, path, handle, dialect);

    private async Task RunAsync(HttpContext context, string path, RequestDelegate handle, GatewayDialect dialect)
    {
        var call = GatewayCall.Begin(context, path, observers, time);
        context.Response.Headers[dialect.RequestIdHeader] = call.Id;
        try
        {
            if (await keys.CheckAsync(context, call).ConfigureAwait(false) is { } refused) await ErrorResponse.WriteAsync(context, dialect, refused).ConfigureAwait(false);
            else await handle(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is no one to answer.
        }
        finally
        {
            call.End(context);
        }
    }
}
