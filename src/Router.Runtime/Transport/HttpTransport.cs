namespace RouterGen;

/// <summary>Sends requests through what the user gave, or through the process's own connections.</summary>
internal sealed class HttpTransport(HttpMessageInvoker invoker)
{
    // An HttpClient reads the whole body before it hands out the response, unless it is told not to: a stream would come
    // in one piece, and the limits on bodies would be its own.
    private readonly HttpClient? _client = invoker as HttpClient;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client is null ? invoker.SendAsync(request, cancellationToken) : _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client is null ? invoker.Send(request, cancellationToken) : _client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Whether the answer comes from another origin: the transport followed a redirect, which it must not.</summary>
    public static bool WasRedirected(HttpResponseMessage response, Uri address) =>
        response.RequestMessage?.RequestUri is { } asked
        && !ReferenceEquals(asked, address)
        && Uri.Compare(asked, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0;
}
