using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace RouterGen;

/// <summary>Sends requests through what the user gave, or through the process's own connections.</summary>
/// <param name="invoker">What requests are sent with.</param>
/// <param name="fresh">What a request is sent with that needs a new connection; null where that cannot be demanded.</param>
internal sealed class HttpTransport(HttpMessageInvoker invoker, HttpMessageInvoker? fresh = null)
{
    /// <summary>How long a connection is used, unless something else is set.</summary>
    public static readonly TimeSpan UsualLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Connections of all routers that bring no transport of their own, by how long a new one may take and how long it is used.</summary>
    private static readonly ConcurrentDictionary<(TimeSpan ConnectTimeout, TimeSpan Lifetime), HttpTransport> Shared = new();

    // An HttpClient reads the whole body before it hands out the response, unless it is told not to: a stream would come
    // in one piece, and the limits on bodies would be its own.
    private readonly HttpClient? _client = invoker as HttpClient;

    /// <summary>Returns the process's own transport whose connections are made within that time, and used for so long.</summary>
    public static HttpTransport SharedWithin(TimeSpan connectTimeout, TimeSpan lifetime) => Shared.GetOrAdd((connectTimeout, lifetime), static limits => Create(limits.ConnectTimeout, limits.Lifetime));

    /// <summary>Makes a transport whose connections are made within that time, and used for so long.</summary>
    /// <param name="connectTimeout">How long a new connection may take.</param>
    /// <param name="lifetime">How long a connection is used.</param>
    /// <param name="clientCertificate">What is shown to servers that demand a certificate of the client; null for none.</param>
    public static HttpTransport Create(TimeSpan connectTimeout, TimeSpan lifetime, X509Certificate2? clientCertificate = null) =>
        new(new HttpMessageInvoker(CreateHandler(connectTimeout, lifetime, clientCertificate)), new HttpMessageInvoker(CreateHandler(connectTimeout, TimeSpan.Zero, clientCertificate)));

    /// <summary>Makes a handler that is safe for keys and for streams.</summary>
    /// <param name="connectTimeout">How long a new connection may take.</param>
    /// <param name="connectionLifetime">How long a connection is used; zero is for one request, see <see cref="StaleConnection"/>. Null is as long as usual.</param>
    /// <param name="clientCertificate">What is shown to servers that demand a certificate of the client; null for none.</param>
    public static SocketsHttpHandler CreateHandler(TimeSpan connectTimeout, TimeSpan? connectionLifetime = null, X509Certificate2? clientCertificate = null) => new()
    {
        // A context is shown whatever issuers a server lists, and sends the certificates between it and its authority, as far as this machine has them.
        SslOptions = { ClientCertificateContext = clientCertificate is null ? null : SslStreamCertificateContext.Create(clientCertificate, additionalCertificates: null, offline: true) },
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = connectTimeout,
        PooledConnectionLifetime = connectionLifetime ?? UsualLifetime,
        AutomaticDecompression = DecompressionMethods.None,
        // A stream that was left early, or a blocking read that ran into its limit, goes on for as long as this: the provider
        // generates, and bills. But the few bytes behind a terminator may take a moment, and with them the connection is saved.
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
        // Over HTTP/2 a server takes so many requests on one connection, often 100; those beyond would wait for a stream to end.
        EnableMultipleHttp2Connections = true,
        // All requests go over one connection there: where it died without a word, pings find out, and others make a new one.
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
    };

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
