using System.Globalization;
using System.Security.Authentication;
using RouterGen.Declarations.Specs;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Doctor;

/// <summary>What is checked once for all deployments that share an endpoint and a key.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Endpoint">The endpoint; null where it is not complete.</param>
/// <param name="KeyVariable">The variable with the key; null where none is sent.</param>
/// <param name="Tls">The protocol; null without TLS.</param>
/// <param name="CertificateDays">How many days the certificate is still valid; null without TLS.</param>
/// <param name="ClockSkewSeconds">The provider's clock minus this machine's; null where the provider states none.</param>
/// <param name="Proxy">The proxy in use; null for none.</param>
/// <param name="Findings">What was found.</param>
internal sealed record ConnectionReport(
    string Provider, string? Endpoint, string? KeyVariable, string? Tls, int? CertificateDays, double? ClockSkewSeconds, string? Proxy, IReadOnlyList<Finding> Findings);

/// <summary>Checks a connection.</summary>
internal static class ConnectionCheck
{
    private const int CertificateWarningDays = 14;

    // A date has whole seconds and is as old as its way; tokens and signatures are refused from some minutes on.
    private static readonly TimeSpan TolerableSkew = TimeSpan.FromSeconds(30);

    /// <summary>Checks a connection.</summary>
    /// <param name="deployment">One of its deployments.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="environment">All that is around.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The report, and the models that the provider lists; null where it lists none.</returns>
    public static async Task<(ConnectionReport Report, Dictionary<string, DateTimeOffset?>? Models)> RunAsync(DeploymentSpec deployment, ProviderAddress address, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        var report = new ConnectionReport(deployment.Provider, address.Endpoint, address.KeyVariable, null, null, null, null, findings);
        if (address.Endpoint is null)
        {
            findings.Add(new(FindingLevel.Error, "endpoint", $"{address.Missing} is not set", "set it to what the provider's address needs"));
            return (report, null);
        }

        if (address.KeyVariable is { } variable && address.Key is null)
        {
            findings.Add(deployment.Connection.HasCredentials && deployment.Connection.Platform is { } platform
                ? new(FindingLevel.Ok, "key", $"{variable} is not set: the program uses the credentials of the package for {platform}, which are not checked here")
                : new(FindingLevel.Error, "key", $"{variable} is not set", $"set it to a key of {deployment.Provider}"));
            return (report, null);
        }

        if (ModelListing.For(deployment) is not { } listing || address.AddressOf(listing.Path, deployment) is not { } uri)
        {
            findings.Add(new(FindingLevel.Ok, "models", "not listed at this endpoint"));
            return (report, null);
        }

        Probe probe = await Probe.SendAsync(uri, null, address.Headers(deployment, environment.Variable), environment, cancellationToken).ConfigureAwait(false);
        AddKey(findings, probe, address);
        AddClock(findings, probe);
        AddTls(findings, probe, environment.Time.GetUtcNow());
        Dictionary<string, DateTimeOffset?>? models = probe.IsSuccess ? listing.Read(probe.Body) : null;
        if (probe.IsSuccess && models is null) findings.Add(new(FindingLevel.Warning, "models", "the list of models has a form that is not known", "look at the endpoint: it may be another service's"));
        return (report with { Tls = NameOf(probe.Protocol), CertificateDays = DaysLeft(probe, environment.Time.GetUtcNow()), ClockSkewSeconds = probe.Skew is { } skew ? Math.Round(skew.TotalSeconds, 1) : null, Proxy = probe.Proxy }, models);
    }

    private static void AddKey(List<Finding> findings, Probe probe, ProviderAddress address)
    {
        if (probe.IsSuccess) findings.Add(new(FindingLevel.Ok, "key", address.KeyVariable is { } variable ? $"{variable} is accepted" : "none is needed"));
        else if (probe.Status is 404 or 405) findings.Add(new(FindingLevel.Ok, "models", "not listed at this endpoint"));
        else findings.Add(Refusal.Of(probe.Failure is null ? "key" : "connection", probe, address, null));
    }

    private static void AddClock(List<Finding> findings, Probe probe)
    {
        if (probe.Skew is not { } skew || skew.Duration() <= TolerableSkew) return;
        string by = string.Create(CultureInfo.InvariantCulture, $"{skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "behind" : "ahead of")}");
        findings.Add(new(FindingLevel.Warning, "clock", $"this machine's clock is {by} the provider's", "synchronise the clock: tokens and signatures are refused where it is wrong"));
    }

    private static void AddTls(List<Finding> findings, Probe probe, DateTimeOffset now)
    {
        if (DaysLeft(probe, now) is not { } days) return;
        if (days <= CertificateWarningDays) findings.Add(new(FindingLevel.Warning, "tls", $"the certificate is valid for {days} more days", "have it renewed where the server is your own"));
#pragma warning disable CS0618, SYSLIB0039 // Old protocols are named in order to be reported.
        if (probe.Protocol is SslProtocols.Tls or SslProtocols.Tls11) findings.Add(new(FindingLevel.Warning, "tls", $"{NameOf(probe.Protocol)} is spoken, which is broken", "have the server, or the proxy, speak TLS 1.2 or newer"));
#pragma warning restore CS0618, SYSLIB0039
    }

    private static int? DaysLeft(Probe probe, DateTimeOffset now) => probe.CertificateEnds is { } end ? (int)Math.Floor((end - now).TotalDays) : null;

    private static string? NameOf(SslProtocols protocol) => protocol is SslProtocols.None ? null : protocol.ToString().Replace("Tls1", "TLS 1.", StringComparison.Ordinal);
}
