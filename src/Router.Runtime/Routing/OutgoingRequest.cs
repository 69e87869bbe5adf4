using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A deployment's request, written into a pooled body. Disposing it gives the body back, once nobody reads it any more.</summary>
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
            unsupported = context.Deployment.Definition.Codec.WriteRequest(context.Request, writer);
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
        return unsupported;
    }

    public void Dispose()
    {
        if (_content.TryClose()) _router.ReturnWriter(_writer);
    }
}
