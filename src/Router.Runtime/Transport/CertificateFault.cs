using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace RouterGen;

/// <summary>What is wrong with a server's certificate, and what to do about it.</summary>
/// <param name="Word">What the framework's message names it by.</param>
/// <param name="Detail">One word for logs.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record CertificateFault(string Word, string Detail, string Message)
{
    // The framework has no other place for it than its message, where the names of these enumerations are. The first that is there counts.
    private static readonly CertificateFault[] All =
    [
        new(nameof(SslPolicyErrors.RemoteCertificateNameMismatch), "CertificateNameMismatch",
            "The server's certificate is for another host name. Check the endpoint of the deployment."),
        new(nameof(X509ChainStatusFlags.Revoked), "CertificateRevoked",
            "The server's certificate is revoked. Check the endpoint of the deployment: its owner has withdrawn that certificate."),
        new(nameof(X509ChainStatusFlags.NotTimeValid), "CertificateExpired",
            "The server's certificate is not valid at this time. Check the clock of this machine; else the server needs a new certificate."),
        new(nameof(X509ChainStatusFlags.UntrustedRoot), "CertificateUntrusted", Untrusted),
        new(nameof(X509ChainStatusFlags.PartialChain), "CertificateUntrusted", Untrusted),
    ];

    private const string Untrusted =
        "The issuer of the server's certificate is not trusted. Add its authority to those that this machine trusts, or to the SslOptions of a RouterOptions.Transport.";

    /// <summary>Finds what is wrong; null where the exception is about something else.</summary>
    public static CertificateFault? Find(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            foreach (CertificateFault fault in All)
            {
                if (at.Message.Contains(fault.Word, StringComparison.Ordinal)) return fault;
            }
        }

        return null;
    }
}
