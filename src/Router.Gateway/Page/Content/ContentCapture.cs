using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RouterGen.Gateway.Page.Log;

namespace RouterGen.Gateway.Page.Content;

/// <summary>Keeps copies of what is asked and answered, for the request log. Used only where that is switched on.</summary>
/// <param name="limit">How many bytes of each body are kept.</param>
internal sealed class ContentCapture(int limit)
{
    private readonly ConcurrentDictionary<string, (CutCopy Asked, CutCopy Answered)> _underWay = new(StringComparer.Ordinal);

    /// <summary>Copies what an endpoint reads and writes.</summary>
    public void AddTo(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } handle) endpoint.RequestDelegate = Around(handle);
    }

    /// <summary>Returns an endpoint whose bodies are copied.</summary>
    public RequestDelegate Around(RequestDelegate handle) => context => RunAsync(context, handle);

    /// <summary>Takes the copies of a request that is about to end; null where there are none.</summary>
    /// <param name="id">The request's id.</param>
    public RequestContent? Take(string id) => _underWay.TryRemove(id, out (CutCopy Asked, CutCopy Answered) copies)
        ? new RequestContent(copies.Asked.ToArray(), copies.Asked.IsCut, copies.Answered.ToArray(), copies.Answered.IsCut)
        : null;

    private async Task RunAsync(HttpContext context, RequestDelegate handle)
    {
        IHttpResponseBodyFeature body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        string id = context.TraceIdentifier;
        (CutCopy Asked, CutCopy Answered) copies = (new CutCopy(limit), new CutCopy(limit));
        context.Features.Set<IRequestBodyPipeFeature>(new CopyingReader(context.Request.BodyReader, copies.Asked));
        context.Features.Set<IHttpResponseBodyFeature>(new CopyingBody(body, copies.Answered));
        _underWay[id] = copies;
        try
        {
            await handle(context).ConfigureAwait(false);
        }
        finally
        {
            _underWay.TryRemove(id, out _);
            context.Features.Set(body);
        }
    }
}
