using System.Globalization;
using System.Security.Authentication;
using System.Text.Json.Serialization;
using RouterGen.Declarations.Specs;
using RouterGen.Tool.Commands;

namespace RouterGen.Tool.Doctor;

/// <summary>What is checked once for all deployments that share an endpoint and a key.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Endpoint">The endpoint; null where it is not complete.</param>
/// <param name="KeyVariable">The variable with the key; null where none is sent.</param>
/// <param name="Identity">The package whose identity authorises requests in place of a key; null where a key does, or nothing.</param>
/// <param name="Tls">The protocol; null without TLS.</param>
/// <param name="CertificateDays">How many days the certificate is still valid; null without TLS.</param>
/// <param name="ClockSkewSeconds">The provider's clock minus this machine's; null where the provider states none.</param>
/// <param name="Proxy">The proxy in use; null for none.</param>
/// <param name="Findings">What was found.</param>
internal sealed record ConnectionReport(
    string Provider, string? Endpoint, string? KeyVariable, string? Identity, string? Tls, int? CertificateDays, double? ClockSkewSeconds, string? Proxy, IReadOnlyList<Finding> Findings)
{
    /// <summary>What the key, or the identity, came to: in its list of models, and in calls.</summary>
    [JsonIgnore]
    public FindingLevel KeyLevel { get; init; }
}

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
        var report = new ConnectionReport(deployment.Provider, address.Endpoint, address.KeyVariable, address.Identity, null, null, null, null, findings);
        if (address.Endpoint is null)
        {
            findings.Add(new(FindingLevel.Error, "endpoint", $"{address.Missing} is not set", "set it to what the provider's address needs"));
            return (report, null);
        }

        if (!address.CanAsk)
        {
            findings.Add(new(FindingLevel.Error, "key", $"{address.KeyVariable} is not set", $"set it to a key of {deployment.Provider}"));
            return (report, null);
        }

        if (address.Identity is { } package)
        {
            string absent = address.KeyVariable is { } variable ? variable + " is not set: " : "";
            findings.Add(new(FindingLevel.Ok, "identity", $"{absent}calls are authorised by the identity that {package} finds"));
        }

        if (ModelListing.For(deployment) is not { } listing || address.AddressOf(listing.Path) is not { } uri)
        {
            findings.Add(new(FindingLevel.Ok, "models", deployment.Connection.Platform is null ? "not listed in this wire format" : "a cloud lists models elsewhere, and other ones than are deployed: the list is not asked for"));
            return (report, null);
        }

        AddressProbe probe = await AddressProbe.SendAsync(uri, address.Headers(deployment.Connection, environment.Variable), environment, cancellationToken).ConfigureAwait(false);
        AddKey(findings, probe, address);
        Dictionary<string, DateTimeOffset?>? models = probe.IsSuccess ? listing.Read(probe.Body) : null;
        if (probe.IsSuccess && models is null) findings.Add(new(FindingLevel.Warning, "models", "the list of models has a form that is not known", "look at the endpoint: it may be another service's"));
        return (With(report, probe.Seen, environment.Time.GetUtcNow()), models);
    }

    /// <summary>Adds what its calls came to: what was seen on their way, where no list was asked for, and whether the key, or the identity, is accepted.</summary>
    public static ConnectionReport With(ConnectionReport report, IReadOnlyList<CallOutcome> calls, DateTimeOffset now)
    {
        bool isSeen = report.ClockSkewSeconds is not null || report.Tls is not null;
        if (!isSeen && calls.Select(call => call.Seen).FirstOrDefault(seen => seen?.Skew is not null) is { } seen) report = With(report, seen, now);
        IEnumerable<Finding> findings = [.. report.Findings, .. calls.Select(call => call.Finding).OfType<Finding>().Where(finding => finding.Check is "key")];
        return report with { KeyLevel = findings.Where(finding => finding.Check is "key" or "identity" or "connection" or "endpoint").Select(finding => finding.Level).DefaultIfEmpty().Max() };
    }

    private static ConnectionReport With(ConnectionReport report, SeenConnection seen, DateTimeOffset now)
    {
        List<Finding> findings = [.. report.Findings];
        AddClock(findings, seen);
        AddTls(findings, seen, now);
        return report with { Tls = NameOf(seen.Protocol), CertificateDays = DaysLeft(seen, now), ClockSkewSeconds = seen.Skew is { } skew ? Math.Round(skew.TotalSeconds, 1) : null, Proxy = seen.Proxy, Findings = findings };
    }

    private static void AddKey(List<Finding> findings, AddressProbe probe, ProviderAddress address)
    {
        if (probe.IsSuccess) findings.Add(new(FindingLevel.Ok, "key", address.KeyVariable is { } variable ? $"{variable} is accepted" : "none is needed"));
        else if (probe.Status is 404 or 405) findings.Add(new(FindingLevel.Ok, "models", "not listed at this endpoint"));
        else findings.Add(RefusalAdvice.Of(probe, address));
    }

    private static void AddClock(List<Finding> findings, SeenConnection seen)
    {
        if (seen.Skew is not { } skew || skew.Duration() <= TolerableSkew) return;
        string by = string.Create(CultureInfo.InvariantCulture, $"{skew.Duration().TotalSeconds:0} s {(skew > TimeSpan.Zero ? "behind" : "ahead of")}");
        findings.Add(new(FindingLevel.Warning, "clock", $"this machine's clock is {by} the provider's", "synchronise the clock: tokens and signatures are refused where it is wrong"));
    }

    private static void AddTls(List<Finding> findings, SeenConnection seen, DateTimeOffset now)
    {
        if (DaysLeft(seen, now) is not { } days) return;
        if (days <= CertificateWarningDays) findings.Add(new(FindingLevel.Warning, "tls", $"the certificate is valid for {days} more days", "have it renewed where the server is your own"));
#pragma warning disable CS0618, SYSLIB0039 // Old protocols are named in order to be reported.
        if (seen.Protocol is SslProtocols.Tls or SslProtocols.Tls11) findings.Add(new(FindingLevel.Warning, "tls", $"{NameOf(seen.Protocol)} is spoken, which is broken", "have the server, or the proxy, speak TLS 1.2 or newer"));
#pragma warning restore CS0618, SYSLIB0039
    }

    private static int? DaysLeft(SeenConnection seen, DateTimeOffset now) => seen.CertificateEnds is { } end ? (int)Math.Floor((end - now).TotalDays) : null;

    private static string? NameOf(SslProtocols protocol) => protocol is SslProtocols.None ? null : protocol.ToString().Replace("Tls1", "TLS 1.", StringComparison.Ordinal);
}
