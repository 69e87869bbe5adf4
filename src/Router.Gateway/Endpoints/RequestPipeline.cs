using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Errors;
using RouterGen.Gateway.Limits;
using RouterGen.Gateway.Logs;

namespace RouterGen.Gateway.Endpoints;

/// <summary>What each request goes through before and after its endpoint: it is noted, its key is checked, and its end is told.</summary>
/// <param name="keys">Checks keys.</param>
/// <param name="observers">What sees requests.</param>
/// <param name="limits">What bounds requests.</param>
/// <param name="host">What the application has for it.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestPipeline(KeyFilter keys, IGatewayObserver[] observers, RequestLimits limits, HostServices host, TimeProvider time)
{
    /// <summary>Returns an endpoint with what is around it.</summary>
    /// <param name="path">Its path, without the version.</param>
    /// <param name="handle">The endpoint.</param>
    /// <param name="dialect">How its clients are told of errors.</param>
    public RequestDelegate Around(string path, RequestDelegate handle, GatewayDialect dialect) => With(path, context => CheckAsync(context, handle, dialect), dialect);

    /// <summary>Returns an endpoint of which so many requests may be under way at once.</summary>
    /// <inheritdoc cref="Around"/>
    public RequestDelegate Limited(string path, RequestDelegate handle, GatewayDialect dialect) => Around(path, context => LimitAsync(context, handle, dialect), dialect);

    /// <summary>Returns an endpoint that only the master key opens.</summary>
    /// <inheritdoc cref="Around"/>
    public RequestDelegate ForMaster(string path, RequestDelegate handle, GatewayDialect dialect) =>
        With(path, context => keys.CheckMaster(context) is { } refused ? ErrorResponse.WriteAsync(context, dialect, refused) : handle(context), dialect);

    /// <summary>Returns an endpoint that refuses all requests, whatever their key.</summary>
    /// <param name="path">What it is called.</param>
    /// <param name="refuse">Returns what the client is told.</param>
    /// <param name="dialect">How it is told.</param>
    public RequestDelegate Refusal(string path, Func<HttpContext, GatewayError> refuse, GatewayDialect dialect) =>
        With(path, context => ErrorResponse.WriteAsync(context, dialect, refuse(context)), dialect);

    private RequestDelegate With(string path, RequestDelegate handle, GatewayDialect dialect) => context => RunAsync(context, path, handle, dialect);

    // Nearly all keys are known at once, and each level of awaiting costs each request.
    private Task CheckAsync(HttpContext context, RequestDelegate handle, GatewayDialect dialect)
    {
        ValueTask<GatewayError?> check = keys.CheckAsync(context, GatewayCall.Of(context));
        return check.IsCompletedSuccessfully ? GoOnAsync(check.Result, context, handle, dialect) : AwaitAsync(check, context, handle, dialect);
    }

    private static async Task AwaitAsync(ValueTask<GatewayError?> check, HttpContext context, RequestDelegate handle, GatewayDialect dialect) =>
        await GoOnAsync(await check.ConfigureAwait(false), context, handle, dialect).ConfigureAwait(false);

    private static Task GoOnAsync(GatewayError? refused, HttpContext context, RequestDelegate handle, GatewayDialect dialect) =>
        refused is null ? handle(context) : ErrorResponse.WriteAsync(context, dialect, refused);

    private async Task LimitAsync(HttpContext context, RequestDelegate handle, GatewayDialect dialect)
    {
        if (await limits.EnterAsync(context.RequestAborted).ConfigureAwait(false) is { } refused)
        {
            await ErrorResponse.WriteAsync(context, dialect, refused).ConfigureAwait(false);
            return;
        }

        try
        {
            await handle(context).ConfigureAwait(false);
        }
        finally
        {
            limits.Leave();
        }
    }

    private async Task RunAsync(HttpContext context, string path, RequestDelegate handle, GatewayDialect dialect)
    {
        var call = GatewayCall.Begin(context, path, observers, time);
        context.Response.Headers[dialect.RequestIdHeader] = call.Id;
        if (host.Stopping.IsCancellationRequested && HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close"; // The next request is for another gateway.
        try
        {
            await handle(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is no one to answer.
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            GatewayLog.RequestFailed(host.Logger, call.Id, path, exception.GetType().FullName, exception.StackTrace);
            if (context.Response.HasStarted) context.Abort(); // What is cut must not look complete.
            else await ErrorResponse.WriteAsync(context, dialect, GatewayError.Unexpected()).ConfigureAwait(false);
        }
        finally
        {
            limits.Release(call.HeldBytes);
            call.End(context);
        }
    }
}
