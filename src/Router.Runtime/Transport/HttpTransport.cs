namespace RouterGen;

/// <summary>Sends requests through what the user gave, or through the process's own connections.</summary>
/// <param name="invoker">What requests are sent with.</param>
/// <param name="fresh">What a request is sent with that needs a new connection; null where that cannot be demanded.</param>
internal sealed class HttpTransport(HttpMessageInvoker invoker, HttpMessageInvoker? fresh = null)
{
    // An HttpClient reads the whole body before it hands out the response, unless it is told not to: a stream would come
    // in one piece, and the limits on bodies would be its own.
    private readonly HttpClient? _client = invoker as HttpClient;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client is null ? invoker.SendAsync(request, cancellationToken) : _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client is null ? invoker.Send(request, cancellationToken) : _client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Sends a request on a new connection, where the transport is ours; another one's takes what it takes.</summary>
    public Task<HttpResponseMessage> SendFreshAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        fresh?.SendAsync(request, cancellationToken) ?? SendAsync(request, cancellationToken);

    /// <inheritdoc cref="SendFreshAsync"/>
    public HttpResponseMessage SendFresh(HttpRequestMessage request, CancellationToken cancellationToken) =>
        fresh?.Send(request, cancellationToken) ?? Send(request, cancellationToken);

    /// <summary>Whether the answer comes from another origin: the transport followed a redirect, which it must not.</summary>
    public static bool WasRedirected(HttpResponseMessage response, Uri address) =>
        response.RequestMessage?.RequestUri is { } asked
        && !ReferenceEquals(asked, address)
        && Uri.Compare(asked, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0;
}
