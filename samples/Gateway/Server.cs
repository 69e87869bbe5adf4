using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace GatewayProgram;

/// <summary>How the server listens, and what it takes of a connection before any endpoint sees it.</summary>
internal static class Server
{
    /// <summary>Sets up a server.</summary>
    /// <exception cref="CryptographicException">The certificate or its key cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static void Listen(WebApplicationBuilder builder, GatewayArguments arguments)
    {
        HttpsConnectionAdapterOptions? tls = Tls(arguments);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = arguments.MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 0; // WebSockets are refused.
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
            kestrel.Listen(arguments.Address, arguments.Port, listen =>
            {
                // Without TLS there is nothing that agrees on HTTP/2.
                listen.Protocols = tls is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (tls is not null) listen.UseHttps(tls);
            });
        });
    }

    private static HttpsConnectionAdapterOptions? Tls(GatewayArguments arguments)
    {
        if (arguments.Certificate is null) return null;
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(arguments.Certificate);
        return new HttpsConnectionAdapterOptions { ServerCertificate = X509Certificate2.CreateFromPemFile(arguments.Certificate, arguments.CertificateKey), ServerCertificateChain = chain };
    }
}
