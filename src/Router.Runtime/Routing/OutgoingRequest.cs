using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Writes a deployment's request into a pooled body and sends it.</summary>
internal static class OutgoingRequest
{
    /// <summary>Sends the request and waits for the response's head; a refusal is read whole.</summary>
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
            CancellationToken cancellationToken = context.Clock.Token;
            HttpResponseMessage response = async
                ? await router.Transport.SendAsync(request, cancellationToken).ConfigureAwait(false)
                : router.Transport.Send(request, cancellationToken);
            if (response.IsSuccessStatusCode) return new Exchange(response, null);
            return new Exchange(null, await HttpExchange.ReadRefusalAsync(response, codec, router.Clock, async, cancellationToken).ConfigureAwait(false));
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
