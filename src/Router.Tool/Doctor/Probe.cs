using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Doctor;

/// <summary>One request and what was seen on its way: bounded in time and size, over a connection of its own.</summary>
internal sealed class Probe
{
    private const int MaxBody = 8 * 1024 * 1024;

    /// <summary>How long a request may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The status; null where there was no answer.</summary>
    public int? Status { get; private set; }

    public string Body { get; private set; } = "";

    /// <summary>Why there was no answer.</summary>
    public string? Failure { get; private set; }

    /// <summary>What to do about <see cref="Failure"/>.</summary>
    public string? Advice { get; private set; }

    /// <summary>The server's clock minus this machine's; null where the answer has no date.</summary>
    public TimeSpan? Skew { get; private set; }

    public TimeSpan Duration { get; private set; }

    /// <summary>Headers of rate limits, by name.</summary>
    public Dictionary<string, string> Limits { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SslProtocols Protocol { get; private set; }

    public DateTimeOffset? CertificateEnds { get; private set; }

    /// <summary>The proxy that the request went through, without its credentials; null for none.</summary>
    public string? Proxy { get; private set; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Sends a request.</summary>
    /// <param name="address">Where.</param>
    /// <param name="body">What, as JSON; null for a GET.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="environment">All that is around.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Probe> SendAsync(Uri address, string? body, IEnumerable<KeyValuePair<string, string>> headers, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var probe = new Probe();
        using SocketsHttpHandler handler = environment.Handler();
        handler.AllowAutoRedirect = false; // A key must not follow a redirect.
        handler.SslOptions.RemoteCertificateValidationCallback = probe.Validate;
        probe.Proxy = ProxyFor(handler, address);
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var timeout = new CancellationTokenSource(Timeout, environment.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        long start = environment.Time.GetTimestamp();
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, ending.Token).ConfigureAwait(false);
            probe.Body = await ReadAsync(response.Content, ending.Token).ConfigureAwait(false);
            probe.Note(response, environment.Time);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            probe.Fail($"no answer within {Timeout.TotalSeconds:0} s", "look at the provider's status page, at firewalls and at the proxy");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            probe.Explain(exception, address);
        }

        probe.Duration = environment.Time.GetElapsedTime(start);
        return probe;
    }

    private void Note(HttpResponseMessage response, TimeProvider time)
    {
        Status = (int)response.StatusCode;
        if (response.Headers.Date is { } date) Skew = date - time.GetUtcNow();
        foreach ((string name, IEnumerable<string> values) in response.Headers)
        {
            if (name.Contains("ratelimit", StringComparison.OrdinalIgnoreCase) || name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)) Limits[name.ToLowerInvariant()] = string.Join(",", values);
        }
    }

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (sender is SslStream stream) Protocol = stream.SslProtocol;
        if (certificate is X509Certificate2 known) CertificateEnds = known.NotAfter.ToUniversalTime();
        return errors is SslPolicyErrors.None;
    }

    private void Explain(Exception exception, Uri address)
    {
        (string failure, string advice) = (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => ($"the name {address.Host} is not known", "look at the endpoint, and at the DNS of this machine"),
            HttpRequestError.ConnectionError => ($"{address.Host}:{address.Port} accepts no connection", "look at the endpoint, at firewalls, and whether the server runs"),
            HttpRequestError.SecureConnectionError => ($"the certificate of {address.Host} is not trusted", "install the CA that issued it, or look for a proxy that opens TLS"),
            HttpRequestError.ProxyTunnelError => ($"the proxy {Proxy} does not let the request through", "look at HTTPS_PROXY and NO_PROXY"),
            _ when exception.InnerException is SocketException => ($"the connection to {address.Host} broke", "try again; if it stays so, look at firewalls and at the proxy"),
            _ => ($"the answer of {address.Host} broke off or is no HTTP", "look at the endpoint, and at the proxy"),
        };
        Fail(failure, advice);
    }

    private void Fail(string failure, string advice) => (Status, Failure, Advice) = (null, failure, advice);

    private static string? ProxyFor(SocketsHttpHandler handler, Uri address)
    {
        IWebProxy? proxy = handler.UseProxy ? handler.Proxy ?? HttpClient.DefaultProxy : null;
        return proxy is null || proxy.IsBypassed(address) || proxy.GetProxy(address) is not { } used ? null : used.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var text = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0 && text.Length < MaxBody) text.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
