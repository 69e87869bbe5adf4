using System.Net.Sockets;
using System.Text;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Doctor;

/// <summary>One GET and what was seen on its way: bounded in time and size, over a connection of its own.</summary>
internal sealed class AddressProbe
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

    public SeenConnection Seen { get; } = new();

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Sends a request.</summary>
    /// <param name="address">Where.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="environment">All that is around.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<AddressProbe> SendAsync(Uri address, IEnumerable<KeyValuePair<string, string>> headers, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var probe = new AddressProbe();
        using SocketsHttpHandler handler = probe.Seen.Watch(environment.Handler());
        probe.Seen.NoteWay(handler, address);
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var timeout = new CancellationTokenSource(Timeout, environment.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, ending.Token).ConfigureAwait(false);
            probe.Body = await ReadAsync(response.Content, ending.Token).ConfigureAwait(false);
            probe.Status = (int)response.StatusCode;
            probe.Seen.NoteAnswer(response, environment.Time);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            (probe.Failure, probe.Advice) = RefusalAdvice.TooLate(Timeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            (probe.Failure, probe.Advice) = Explain(exception, address, probe.Seen.Proxy);
        }

        return probe;
    }

    private static (string Failure, string Advice) Explain(Exception exception, Uri address, string? proxy) => (exception as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => ($"the name {address.Host} is not known", "look at the endpoint, and at the DNS of this machine"),
        HttpRequestError.ConnectionError => ($"{address.Host}:{address.Port} accepts no connection", "look at the endpoint, at firewalls, and whether the server runs"),
        HttpRequestError.SecureConnectionError => ($"the certificate of {address.Host} is not trusted", "install the CA that issued it, or look for a proxy that opens TLS"),
        HttpRequestError.ProxyTunnelError => ($"the proxy {proxy} does not let the request through", "look at HTTPS_PROXY and NO_PROXY"),
        _ when exception.InnerException is SocketException => ($"the connection to {address.Host} broke", "try again; if it stays so, look at firewalls and at the proxy"),
        _ => ($"the answer of {address.Host} broke off or is no HTTP", "look at the endpoint, and at the proxy"),
    };

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
