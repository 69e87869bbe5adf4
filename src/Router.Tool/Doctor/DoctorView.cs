using System.Globalization;
using RouterGen.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterGen.Tool.Doctor;

/// <summary>A doctor's report for people: a table, and below it what to do.</summary>
internal static class DoctorView
{
    public static IRenderable Of(DoctorReport report)
    {
        Table connections = Tables.New("provider", "endpoint", "key", "TLS", "certificate", "clock", "proxy");
        foreach (ConnectionReport connection in report.Connections)
        {
            connections.AddRow(
                Tables.Text(connection.Provider),
                Tables.Text(connection.Endpoint is { } endpoint ? new Uri(endpoint).Authority : "?"),
                Marked(connection.Identity is not null ? "identity" : connection.KeyVariable ?? "none", connection.KeyLevel),
                Tables.Text(connection.Tls ?? "-"),
                Marked(connection.CertificateDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days} days") : "-", Worst(connection.Findings, "tls")),
                Marked(connection.ClockSkewSeconds is { } skew ? string.Create(CultureInfo.InvariantCulture, $"{skew:+0.0;-0.0;0.0} s") : "-", Worst(connection.Findings, "clock")),
                Tables.Text(connection.Proxy ?? "none"));
        }

        Table deployments = Tables.New("group", "deployment", "listed", "call took", "left");
        foreach (DeploymentReport deployment in report.Deployments)
        {
            deployments.AddRow(
                Tables.Text(deployment.Group),
                Marked(deployment.Deployment == deployment.Model ? deployment.Model : $"{deployment.Deployment} ({deployment.Model})", Worst(deployment.Findings)),
                Tables.Text(deployment.Listed switch { true => "yes", false => "no", null => "-" }, deployment.Listed is false ? Color.Red : Color.Default),
                Tables.Text(deployment.LatencyMilliseconds is { } latency ? string.Create(CultureInfo.InvariantCulture, $"{latency:0} ms") : "-"),
                Tables.Text(Left(deployment.RateLimits)));
        }

        deployments.Columns[3].Alignment = Justify.Right;
        List<IRenderable> rows = [connections, deployments];
        foreach (ConnectionReport connection in report.Connections) AddFindings(rows, connection.Provider, connection.Findings);
        foreach (DeploymentReport deployment in report.Deployments) AddFindings(rows, $"{deployment.Group}, {deployment.Deployment}", deployment.Findings);
        rows.Add(new Markup(report.Worst is FindingLevel.Ok ? "[green]All is well.[/]" : report.Worst is FindingLevel.Warning ? "[yellow]Calls work, with warnings.[/]" : "[red]Calls fail.[/]"));
        return new Rows(rows);
    }

    private static void AddFindings(List<IRenderable> rows, string subject, IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings.Where(finding => finding.Level is not FindingLevel.Ok || finding.Check is not "key"))
        {
            string color = finding.Level switch { FindingLevel.Error => "red", FindingLevel.Warning => "yellow", _ => "grey" };
            string sign = finding.Level switch { FindingLevel.Error => "x", FindingLevel.Warning => "!", _ => "-" };
            rows.Add(new Markup($"[{color}]{sign}[/] {Markup.Escape(subject)}: {Markup.Escape(finding.Message)}{(finding.Advice is { } advice ? $"\n    [{color}]->[/] {Markup.Escape(advice)}" : "")}"));
        }
    }

    // What is left of limits of requests and tokens, by the names that most providers use.
    private static string Left(IReadOnlyDictionary<string, string> limits)
    {
        string[] left = [.. from limit in limits
                            where limit.Key.Contains("remaining", StringComparison.Ordinal) && (limit.Key.Contains("requests", StringComparison.Ordinal) || limit.Key.EndsWith("tokens", StringComparison.Ordinal))
                            where !limit.Key.Contains("put-tokens", StringComparison.Ordinal)
                            select $"{limit.Value} {(limit.Key.Contains("requests", StringComparison.Ordinal) ? "requests" : "tokens")}"];
        return left.Length == 0 ? "-" : string.Join(", ", left);
    }

    private static FindingLevel Worst(IReadOnlyList<Finding> findings, params string[] checks) =>
        findings.Where(finding => checks.Length == 0 || checks.Contains(finding.Check)).Select(finding => finding.Level).DefaultIfEmpty().Max();

    private static Text Marked(string text, FindingLevel level) => Tables.Text(text, level switch { FindingLevel.Error => Color.Red, FindingLevel.Warning => Color.Yellow, _ => Color.Green });
}
