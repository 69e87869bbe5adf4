using System.Globalization;
using RouterGen.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RouterGen.Tool.Top;

/// <summary>An interval of a running router, for people.</summary>
internal static class TopView
{
    private const double LittleHeadroom = 0.1;

    public static IRenderable Of(RouterProcess process, TopSnapshot snapshot)
    {
        Table groups = Tables.New("group", "calls/s", "errors/s", "p50", "p95", "failovers/s", "queued", "USD/h").RightAligned(1);
        foreach (GroupFigures group in snapshot.Groups)
        {
            groups.AddRow(Tables.Text(group.Group), Number(group.CallsPerSecond), Bad(group.ErrorsPerSecond), Seconds(group.P50), Seconds(group.P95), Bad(group.FailoversPerSecond), Bad(group.Queued), Number(group.UsdPerHour));
        }

        Table deployments = Tables.New("group", "deployment", "attempts/s", "errors/s", "in flight", "headroom", "cooldowns", "USD/h").RightAligned(2);
        foreach (DeploymentFigures deployment in snapshot.Deployments)
        {
            deployments.AddRow(
                Tables.Text(deployment.Group),
                Tables.Text(deployment.Deployment),
                Number(deployment.AttemptsPerSecond),
                Bad(deployment.ErrorsPerSecond),
                Number(deployment.InFlight),
                Tables.Text(deployment.Headroom is { } headroom ? string.Create(CultureInfo.InvariantCulture, $"{headroom * 100:0} %") : "-", deployment.Headroom < LittleHeadroom ? Color.Red : Color.Default),
                Bad(deployment.Cooldowns),
                Number(deployment.UsdPerHour));
        }

        Table models = Tables.New("model", "requests/s", "errors/s", "p50", "p95", "first chunk p50", "tokens in/s", "tokens out/s").RightAligned(1);
        foreach (ModelFigures model in snapshot.Models)
        {
            models.AddRow(Tables.Text(model.Model), Number(model.RequestsPerSecond), Bad(model.ErrorsPerSecond), Seconds(model.P50), Seconds(model.P95), Seconds(model.FirstChunkP50), Number(model.InputTokensPerSecond), Number(model.OutputTokensPerSecond));
        }

        List<IRenderable> rows = [new Markup($"[bold]{Markup.Escape(process.Name)}[/] (process {process.Id.ToString(CultureInfo.InvariantCulture)})")];
        if (snapshot.Groups.Count == 0 && snapshot.Models.Count == 0) rows.Add(new Text("No calls yet."));
        foreach (Table table in new[] { groups, deployments, models }.Where(table => table.Rows.Count > 0)) rows.Add(table);
        return new Rows(rows);
    }

    private static Text Number(double? value) => Tables.Text(value is { } known ? known.ToString("0.##", CultureInfo.InvariantCulture) : "-");

    private static Text Bad(double value) => Tables.Text(value.ToString("0.##", CultureInfo.InvariantCulture), value > 0 ? Color.Yellow : Color.Default);

    private static Text Seconds(double? value) => Tables.Text(value is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.00} s") : "-");
}
