using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RouterGen.Tool.Doctor;

/// <summary>What was seen on the way of requests to one server: TLS, the proxy, the server's clock, what is left of its limits.</summary>
internal sealed class SeenConnection
{
    /// <summary>The server's clock minus this machine's; null where no answer had a date.</summary>
    public TimeSpan? Skew { get; private set; }

    /// <summary>Headers of rate limits, by name.</summary>
    public Dictionary<string, string> Limits { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SslProtocols Protocol { get; private set; }

    public DateTimeOffset? CertificateEnds { get; private set; }

    /// <summary>The proxy that requests went through, without its credentials; null for none.</summary>
    public string? Proxy { get; private set; }

    /// <summary>Prepares a handler, so that its connections are seen.</summary>
    public SocketsHttpHandler Watch(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false; // A key must not follow a redirect.
        handler.SslOptions.RemoteCertificateValidationCallback = Validate;
        return handler;
    }

    /// <summary>Notes which way a request goes.</summary>
    public void NoteWay(SocketsHttpHandler handler, Uri address)
    {
        IWebProxy? proxy = handler.UseProxy ? handler.Proxy ?? HttpClient.DefaultProxy : null;
        Proxy = proxy is null || proxy.IsBypassed(address) || proxy.GetProxy(address) is not { } used ? null : used.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
    }

    /// <summary>Notes what an answer says beside its content.</summary>
    public void NoteAnswer(HttpResponseMessage response, TimeProvider time)
    {
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
}
