using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Writes a deployment's request into a pooled body and sends it.</summary>
internal static class OutgoingRequest
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<Exchange> SendAsync(AttemptContext context, bool async)
    {
        RouterContext router = context.Router;
        Deployment deployment = context.Deployment;
        ChatCodec codec = deployment.Definition.Codec;

        RequestWriter writer = router.RentWriter();
        if (codec.WriteRequest(context.Request, writer) is { } unsupported)
        {
            router.ReturnWriter(writer);
            return new Exchange(null, unsupported);
        }

        var content = new RequestContent(writer);
        HttpRequestMessage request = HttpExchange.CreateRequest(deployment.Credentials.Address!, deployment.Definition, deployment.Credentials.KeyHeaderValue, content);
        try
        {
            return await HttpExchange.SendAsync(router.Transport, request, codec, router.Clock, async, context.Clock.Token).ConfigureAwait(false);
        }
        finally
        {
            if (content.IsReleased) router.ReturnWriter(writer);
        }
    }

    /// <summary>Whether an exception is an attempt's failure: not the caller's cancellation, nor a transport that cannot work synchronously.</summary>
    public static bool IsFailure(Exception exception, in AttemptContext context) =>
        exception is not NotSupportedException && context.Clock.Cause is not CancelCause.Caller;
}
