using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A deployment's request, written into a pooled body. Disposing it gives the body back, once it is no longer read.</summary>
internal readonly struct OutgoingRequest : IDisposable
{
    private readonly RouterContext _router;
    private readonly RequestWriter _writer;
    private readonly RequestContent _content;

    private OutgoingRequest(in AttemptContext context, RequestWriter writer)
    {
        _router = context.Router;
        _writer = writer;
        _content = new RequestContent(writer);
        Notes = writer.Notes;
        Message = HttpExchange.CreateRequest(context.Credentials.Address!, context.Deployment.Definition, context.Credentials.KeyHeaderValue, _content);
        if (writer.Headers is not { } headers) return;
        foreach (KeyValuePair<string, string> header in headers) Message.Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    public HttpRequestMessage Message { get; }

    /// <summary>Gets what was left out of the request or changed in it; null where nothing was.</summary>
    public List<string>? Notes { get; }

    /// <summary>Writes the request.</summary>
    /// <returns>Null, or why the deployment's dialect cannot say it; then there is no request.</returns>
    /// <exception cref="ArgumentException">What the caller gave throws when it is read, or is nested too deeply.</exception>
    public static AttemptFailure? Write(in AttemptContext context, out OutgoingRequest request)
    {
        RequestWriter writer = context.Router.RentWriter();
        AttemptFailure? unsupported;
        try
        {
            unsupported = context.Deployment.Definition.Codec.Write(context.Request, writer);
        }
        catch (Exception exception)
        {
            context.Router.ReturnWriter(writer);
            throw new ArgumentException($"The messages or options cannot be written as a request: {exception.Message}", exception);
        }

        if (unsupported is null)
        {
            request = new OutgoingRequest(context, writer);
            return null;
        }

        context.Router.ReturnWriter(writer);
        request = default;
        return unsupported with { IsUnsent = true };
    }

    /// <summary>
    /// Sends the request; once more where its connection turns out to be stale (<see cref="StaleConnection"/>), which is no
    /// failure of the deployment.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SentRequest> SendAsync(AttemptContext context, bool async)
    {
        HttpTransport transport = context.Router.Transport;
        EndpointState endpoint = context.Deployment.Endpoint;
        CancellationToken token = context.Clock.Token;
        long started = _router.Clock.Now;
        try
        {
            var sent = new SentRequest(async ? await transport.SendAsync(Message, token).ConfigureAwait(false) : transport.Send(Message, token), Delay: 0);
            endpoint.HasAnswered = true;
            return sent;
        }
        catch (Exception exception) when (endpoint.HasAnswered && StaleConnection.IsClosed(exception) && !token.IsCancellationRequested && _router.Clock.Now - started <= StaleConnection.Longest)
        {
        }

        long delay = _router.Clock.Now - started;
        endpoint.HasAnswered = false; // until it answers: a server that closes each connection is not asked twice each time
        RouterLog.ConnectionWasStale(_router.Logger, context.Deployment.Group, context.Deployment.Name);
        HttpRequestMessage again = HttpExchange.CreateRequest(context.Credentials.Address!, context.Deployment.Definition, context.Credentials.KeyHeaderValue, _content.Copy());
        var repeated = new SentRequest(async ? await transport.SendFreshAsync(again, token).ConfigureAwait(false) : transport.SendFresh(again, token), delay);
        endpoint.HasAnswered = true;
        return repeated;
    }

    public void Dispose()
    {
        if (_content.TryClose()) _router.ReturnWriter(_writer);
    }
}

/// <summary>A request that got the head of an answer.</summary>
/// <param name="Response">The answer.</param>
/// <param name="Delay">What was lost on a stale connection before the request was sent that got the answer, in ticks.</param>
internal readonly record struct SentRequest(HttpResponseMessage Response, long Delay);
