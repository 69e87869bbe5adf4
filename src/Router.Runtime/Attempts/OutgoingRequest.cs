using System.Net;
using System.Runtime.CompilerServices;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A deployment's request, written into a pooled body. Disposing it gives the body back, once it is no longer read.</summary>
internal readonly struct OutgoingRequest : IDisposable
{
    private readonly RouterContext _router;
    private readonly RequestWriter _writer;
    private readonly RequestContent _content;

    private OutgoingRequest(RouterContext router, RequestWriter writer)
    {
        _router = router;
        _writer = writer;
        _content = new RequestContent(writer);
        Notes = writer.Notes;
    }

    /// <summary>Gets what was left out of the request or changed in it; null where nothing was.</summary>
    public List<string>? Notes { get; }

    /// <summary>Gets the body, without the files that are sent within it.</summary>
    public ReadOnlyMemory<byte> Body => _content.Body;

    /// <summary>Writes the request.</summary>
    /// <returns>Null, or why the deployment's dialect cannot say it; then there is no request.</returns>
    /// <exception cref="ArgumentException">What the caller gave throws when it is read, or is nested too deeply.</exception>
    public static AttemptFailure? Write(in AttemptContext context, out OutgoingRequest request)
    {
        RequestWriter writer = context.Router.RentWriter();
        AttemptFailure? unsupported;
        try
        {
            unsupported = context.Codec.Write(context.Request, writer);
        }
        catch (MediaFileException exception)
        {
            context.Router.ReturnWriter(writer);
            request = default;
            return new AttemptFailure(FailureKind.InvalidRequest, exception.Message) { Exception = exception, Detail = "File", IsUnsent = true };
        }
        catch (Exception exception)
        {
            context.Router.ReturnWriter(writer);
            throw new ArgumentException($"The messages or options cannot be written as a request: {exception.Message}", exception);
        }

        if (unsupported is null)
        {
            if (context.Request.LeftOut is { } leftOut) writer.Note(leftOut);
            request = new OutgoingRequest(context.Router, writer);
            return null;
        }

        context.Router.ReturnWriter(writer);
        request = default;
        return unsupported with { IsUnsent = true };
    }

    /// <summary>
    /// Authorises the request and sends it. It is sent once more where its connection turns out to be stale
    /// (<see cref="StaleConnection"/>), and once more where the provider refuses what it was authorised with and there is something
    /// newer: neither is a failure of the deployment.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SentRequest> SendAsync(AttemptContext context, bool async)
    {
        long started = _router.Clock.Now;
        SentRequest sent = await SendOnceAsync(context, _content, async).ConfigureAwait(false);
        if (sent.Response is not { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } refused || !context.Credentials.Authorizer.TryRenew(sent.Message!, refused)) return sent;

        refused.Dispose();
        long delay = _router.Clock.Now - started;
        SentRequest repeated = await SendOnceAsync(context, _content.Copy(), async).ConfigureAwait(false);
        return repeated with { Delay = repeated.Delay + delay };
    }

    public void Dispose()
    {
        if (_content.TryClose()) _router.ReturnWriter(_writer);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SentRequest> SendOnceAsync(AttemptContext context, RequestContent content, bool async)
    {
        HttpTransport transport = context.Router.TransportWithin(context.Limits.ConnectTimeout);
        EndpointState endpoint = context.Deployment.Endpoint;
        CancellationToken token = context.Clock.Token;
        HttpRequestMessage message = MessageOf(context, content, async);
        if (await AuthorizeAsync(context, message, async).ConfigureAwait(false) is { } unauthorized) return new SentRequest(unauthorized);

        long started = _router.Clock.Now;
        try
        {
            var sent = new SentRequest(message, async ? await transport.SendAsync(message, token).ConfigureAwait(false) : transport.Send(message, token));
            endpoint.HasAnswered = true;
            return sent;
        }
        catch (Exception exception) when (endpoint.HasAnswered && StaleConnection.IsClosed(exception) && !token.IsCancellationRequested && _router.Clock.Now - started <= StaleConnection.Longest)
        {
        }

        long delay = _router.Clock.Now - started;
        endpoint.HasAnswered = false; // until it answers: a server that closes each connection is not asked twice each time
        RouterLog.ConnectionWasStale(_router.Logger, context.Deployment.Group, context.Deployment.Name);
        message = MessageOf(context, content.Copy(), async);
        if (await AuthorizeAsync(context, message, async).ConfigureAwait(false) is { } nowUnauthorized) return new SentRequest(nowUnauthorized);
        var repeated = new SentRequest(message, async ? await transport.SendFreshAsync(message, token).ConfigureAwait(false) : transport.SendFresh(message, token)) { Delay = delay };
        endpoint.HasAnswered = true;
        return repeated;
    }

    private HttpRequestMessage MessageOf(in AttemptContext context, RequestContent content, bool async)
    {
        HttpRequestMessage message = HttpExchange.CreateRequest(context.Address, context.Credentials.Headers.All, _writer.Headers, content);
        _router.Protocol.ApplyTo(message, async);
        return message;
    }

    private ValueTask<AttemptFailure?> AuthorizeAsync(in AttemptContext context, HttpRequestMessage message, bool async)
    {
        try
        {
            ValueTask<AttemptFailure?> authorized = context.Credentials.Authorizer.AuthorizeAsync(
                new RequestToAuthorize(message, _content.Body, _router.Clock.Provider, async, context.Clock.Token));
            return authorized.IsCompletedSuccessfully ? authorized : AwaitAsync(authorized);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(Unauthorized(exception));
        }

        static async ValueTask<AttemptFailure?> AwaitAsync(ValueTask<AttemptFailure?> authorized)
        {
            try
            {
                return await authorized.ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                return Unauthorized(exception);
            }
        }
    }

    private static AttemptFailure Unauthorized(Exception exception) =>
        new(FailureKind.AuthenticationFailed, $"The request could not be authorised: {exception.GetType().Name}: {exception.Message}") { Exception = exception, Detail = exception.GetType().Name };
}

/// <summary>A request that got the head of an answer, or that could not be authorised.</summary>
internal readonly record struct SentRequest
{
    public SentRequest(HttpRequestMessage message, HttpResponseMessage response) => (Message, Response) = (message, response);

    public SentRequest(AttemptFailure failure) => Failure = failure;

    /// <summary>Gets the request that was answered; null where there is a <see cref="Failure"/>.</summary>
    public HttpRequestMessage? Message { get; }

    /// <summary>Gets the answer; null where there is a <see cref="Failure"/>.</summary>
    public HttpResponseMessage? Response { get; }

    /// <summary>Gets why the request could not be authorised; null where it was sent.</summary>
    public AttemptFailure? Failure { get; }

    /// <summary>Gets what was lost before the request was sent that got the answer, in ticks.</summary>
    public long Delay { get; init; }
}
