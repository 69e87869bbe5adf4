using System.Net;
using System.Text;

namespace RoutingLab;

/// <summary>The results as one HTML file that needs nothing else.</summary>
internal static class HtmlReport
{
    private const string PageCss = """
        :root{color-scheme:light dark;--bg:#fff;--ink:#222;--dim:#666;--line:#e3e3e3;--best:#e2f3e4}
        @media(prefers-color-scheme:dark){:root{--bg:#16181c;--ink:#ddd;--dim:#999;--line:#33363c;--best:#1f3a26}}
        body{font:14px/1.45 system-ui,sans-serif;background:var(--bg);color:var(--ink);max-width:1420px;margin:2em auto;padding:0 1em}
        h2{margin:2em 0 .2em}p{margin:.3em 0;color:var(--dim)}table{border-collapse:collapse;margin:.8em 0;display:block;overflow-x:auto}
        td,th{padding:.15em .7em;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap;font-variant-numeric:tabular-nums}
        td:first-child,th:first-child{text-align:left}tr.first td{font-weight:600}td.best{background:var(--best)}
        .plots{display:flex;flex-direction:column;gap:1em;margin:1em 0}
        """;

    public static string Render(RunResult[][] results, LabArguments arguments)
    {
        var html = new StringBuilder("<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Routing lab</title>");
        html.Append($"<style>{PageCss}{Palette.Css}</style><h1>Routing lab</h1>");
        html.Append($"<p>The runtime itself, on simulated time. Seed {arguments.Seed}. A call that fails counts as late as its deadline. The clairvoyant sees the present condition of each deployment: the distance to it is what a rule could still gain. Green: of the others, within 0.01 points of the best success rate, or within 5 % of the lowest latency.</p>");
        AppendOverview(html, "Success, %", results, static (result, _) => result.Success, static value => Figure.Percent(value), IsBestSuccess);
        AppendOverview(html, "99th percentile of the latency, ms", results, static (result, _) => result.Quantile(0.99), Figure.Milliseconds, IsBestLatency);
        if (Verdicts.Clairvoyant(results[0]) is not null)
        {
            AppendOverview(html, "99th percentile, times the clairvoyant's", results, static (result, sighted) => result.Quantile(0.99) / sighted!.Quantile(0.99), static value => Figure.Number(value, 2), IsBestLatency);
            AppendOverview(html, "Mean latency, times the clairvoyant's", results, static (result, sighted) => result.Mean / sighted!.Mean, static value => Figure.Number(value, 2), IsBestLatency);
        }

        foreach (RunResult[] scenario in results) AppendScenario(html, scenario);
        return html.Append("</html>").ToString();
    }

    private static bool IsBestSuccess(double value, IEnumerable<double> all) => value >= all.Max() - Verdicts.SuccessTie;

    private static bool IsBestLatency(double value, IEnumerable<double> all) => value <= all.Min() * Verdicts.LatencyTie;

    private static void AppendOverview(
        StringBuilder html, string title, RunResult[][] results, Func<RunResult, RunResult?, double> value, Func<double, string> text, Func<double, IEnumerable<double>, bool> isBest)
    {
        html.Append($"<h2>{title}</h2><table><tr><th>");
        foreach (RunResult result in results[0]) html.Append($"<th>{WebUtility.HtmlEncode(result.Contender.Name)}");
        foreach (RunResult[] scenario in results)
        {
            RunResult? sighted = Verdicts.Clairvoyant(scenario);
            double[] values = Array.ConvertAll(scenario, result => value(result, sighted));
            double[] seen = [.. values.Where((_, index) => scenario[index] != sighted)];
            html.Append($"<tr><td><a href='#{scenario[0].Scenario.Name}'>{scenario[0].Scenario.Name}</a>");
            for (int i = 0; i < values.Length; i++) html.Append(scenario[i] != sighted && isBest(values[i], seen) ? "<td class=best>" : "<td>").Append(text(values[i]));
        }

        html.Append("</table>");
    }

    private static void AppendScenario(StringBuilder html, RunResult[] results)
    {
        Scenario scenario = results[0].Scenario;
        html.Append($"<h2 id='{scenario.Name}'>{scenario.Name}</h2><p>{WebUtility.HtmlEncode(scenario.Description)} {results[0].Calls:N0} calls; for {(scenario.Use is ScenarioUse.Tuning ? "tuning" : "judging")}.</p>");
        var plots = new ScenarioPlots(results);
        html.Append($"<div class=plots>{plots.P99}{plots.Success}{plots.Shares}</div>");
        html.Append("<table><tr><th><th>success %<th>p50<th>p95<th>p99 ms<th>mean ms<th>retries a call<th>429s");
        foreach (ProviderSpec provider in scenario.Providers) html.Append($"<th>{provider.Name} %");
        foreach (RunResult result in results)
        {
            html.Append($"<tr{(result == results[0] ? " class=first" : "")}><td>{WebUtility.HtmlEncode(result.Contender.Name)}<td>{Figure.Percent(result.Success)}<td>{Figure.Milliseconds(result.Quantile(0.5))}<td>{Figure.Milliseconds(result.Quantile(0.95))}<td>{Figure.Milliseconds(result.Quantile(0.99))}<td>{Figure.Milliseconds(result.Mean)}<td>{Figure.Number(result.RetriesPerCall, 4)}<td>{result.RateLimited}");
            foreach (double share in result.Shares) html.Append($"<td>{Figure.Percent(share, 1)}");
        }

        html.Append("</table>");
    }
}
