using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RouterGen.EndToEnd.Tests.Network;

/// <summary>An authority of the tests' own, which no machine trusts, and certificates of it.</summary>
internal static class TestAuthority
{
    private static readonly X509Certificate2 Authority = CreateAuthority();

    /// <summary>A certificate of 127.0.0.1 that is valid now.</summary>
    public static readonly X509Certificate2 Valid = Issue("127.0.0.1");

    /// <summary>A certificate that was valid until yesterday.</summary>
    public static readonly X509Certificate2 Expired = Issue("127.0.0.1", until: DateTimeOffset.UtcNow.AddDays(-1));

    /// <summary>A certificate of another host.</summary>
    public static readonly X509Certificate2 Elsewhere = Issue("elsewhere.example");

    /// <summary>A client's certificate.</summary>
    public static readonly X509Certificate2 Client = Issue("a client");

    /// <summary>The authority as a text of the form that programs load.</summary>
    public static string Pem => Authority.ExportCertificatePem();

    /// <summary>A router's handler that trusts the authority.</summary>
    public static SocketsHttpHandler TrustingHandler()
    {
        SocketsHttpHandler handler = RouterOptions.CreateHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(Authority);
        return handler;
    }

    /// <summary>Options of a router that trusts the authority and asks for that version of HTTP.</summary>
    public static RouterOptions Trusting(Version version) => new() { Transport = new HttpMessageInvoker(TrustingHandler()), HttpVersion = version };

    private static X509Certificate2 CreateAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=RouterGen test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    private static X509Certificate2 Issue(string name, DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out IPAddress? address)) names.AddIpAddress(address);
        else names.AddDnsName(name.Replace(' ', '-'));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(Authority, DateTimeOffset.UtcNow.AddDays(-20), until ?? DateTimeOffset.UtcNow.AddDays(20), RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
    }
}
