namespace RouterGen.Tool.Top;

/// <summary>A group in an interval.</summary>
/// <param name="Group">The group.</param>
/// <param name="CallsPerSecond">Calls that ended, failed ones included.</param>
/// <param name="ErrorsPerSecond">Calls that failed.</param>
/// <param name="P50">The median duration of calls in seconds; null where none ended.</param>
/// <param name="P95">The duration that 95 of 100 did not exceed; null where none ended.</param>
/// <param name="FailoversPerSecond">How often calls went on to another deployment.</param>
/// <param name="Queued">Calls that wait.</param>
/// <param name="UsdPerHour">What it costs, if it goes on so.</param>
internal sealed record GroupFigures(string Group, double CallsPerSecond, double ErrorsPerSecond, double? P50, double? P95, double FailoversPerSecond, double Queued, double UsdPerHour);

/// <summary>A deployment in an interval.</summary>
/// <param name="Group">The group.</param>
/// <param name="Deployment">The deployment.</param>
/// <param name="AttemptsPerSecond">Attempts that ended.</param>
/// <param name="ErrorsPerSecond">Attempts that failed.</param>
/// <param name="UsdPerHour">What it costs, if it goes on so.</param>
/// <param name="InFlight">Calls that it works at; null where that is not reported.</param>
/// <param name="Headroom">What is left of its limits, from 0 to 1; null where that is not reported.</param>
/// <param name="Cooldowns">Cooldowns since the watch began.</param>
internal sealed record DeploymentFigures(string Group, string Deployment, double AttemptsPerSecond, double ErrorsPerSecond, double UsdPerHour, double? InFlight, double? Headroom, double Cooldowns);

/// <summary>A model in an interval.</summary>
/// <param name="Model">Provider and model.</param>
/// <param name="RequestsPerSecond">Requests that ended.</param>
/// <param name="ErrorsPerSecond">Requests that failed.</param>
/// <param name="P50">The median duration in seconds; null where none ended.</param>
/// <param name="P95">The duration that 95 of 100 did not exceed; null where none ended.</param>
/// <param name="FirstChunkP50">The median time to the first chunk of a stream in seconds; null where none came.</param>
/// <param name="InputTokensPerSecond">Tokens read.</param>
/// <param name="OutputTokensPerSecond">Tokens written.</param>
internal sealed record ModelFigures(string Model, double RequestsPerSecond, double ErrorsPerSecond, double? P50, double? P95, double? FirstChunkP50, double InputTokensPerSecond, double OutputTokensPerSecond);

/// <summary>One interval.</summary>
internal sealed record TopSnapshot(IReadOnlyList<GroupFigures> Groups, IReadOnlyList<DeploymentFigures> Deployments, IReadOnlyList<ModelFigures> Models);

/// <summary>
/// What a running router reports: takes events, and has figures at the end of each interval. A group or deployment that was seen
/// once stays, also in intervals in which nothing happens.
/// </summary>
/// <param name="intervalSeconds">How long an interval is.</param>
internal sealed class TopState(double intervalSeconds)
{
    private const double SecondsPerHour = 3600;

    private readonly List<MetricEvent> _interval = [];
    private readonly SortedSet<(string Group, string Deployment)> _deployments = [];
    private readonly SortedSet<string> _groups = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Deployment), double> _cooldowns = [];

    /// <summary>Takes an event.</summary>
    /// <returns>The figures of the interval that it ends; null where it ends none.</returns>
    public TopSnapshot? Apply(MetricEvent happened)
    {
        if (happened.Kind is MetricKind.IntervalEnd) return EndInterval();
        if (happened.Kind is not (MetricKind.Rate or MetricKind.Value or MetricKind.Distribution)) return null;
        _interval.Add(happened);
        if (GroupOf(happened) is { } group)
        {
            _groups.Add(group);
            if (happened.Tag(TopMetrics.DeploymentTag) is { } deployment) _deployments.Add((group, deployment));
        }
        else if (ModelOf(happened) is { } model)
        {
            _models.Add(model);
        }

        return null;
    }

    private TopSnapshot EndInterval()
    {
        foreach (MetricEvent cooled in Of(TopMetrics.Cooldowns))
        {
            if (GroupOf(cooled) is not { } group || cooled.Tag(TopMetrics.DeploymentTag) is not { } deployment) continue;
            _cooldowns[(group, deployment)] = _cooldowns.GetValueOrDefault((group, deployment)) + cooled.Number * intervalSeconds;
        }

        var snapshot = new TopSnapshot([.. _groups.Select(FiguresOf)], [.. _deployments.Select(FiguresOf)], [.. _models.Select(FiguresOfModel)]);
        _interval.Clear();
        return snapshot;
    }

    private GroupFigures FiguresOf(string group)
    {
        MetricEvent[] calls = [.. Of(TopMetrics.CallDuration).Where(call => GroupOf(call) == group)];
        (double P50, double P95)? quantiles = Merge(calls);
        return new(
            group,
            PerSecond(calls),
            PerSecond(calls.Where(IsError)),
            quantiles?.P50,
            quantiles?.P95,
            Rate(TopMetrics.Failovers, group),
            Of(TopMetrics.QueueLength).Where(queue => GroupOf(queue) == group).Sum(queue => queue.Number),
            Rate(TopMetrics.Cost, group) * SecondsPerHour);
    }

    private DeploymentFigures FiguresOf((string Group, string Deployment) at)
    {
        MetricEvent[] attempts = [.. Of(TopMetrics.Attempts).Where(IsAt)];
        return new(
            at.Group,
            at.Deployment,
            attempts.Sum(attempt => attempt.Number),
            attempts.Where(attempt => !TopMetrics.IsSuccess(attempt.Tag(TopMetrics.OutcomeTag))).Sum(attempt => attempt.Number),
            Of(TopMetrics.Cost).Where(IsAt).Sum(cost => cost.Number) * SecondsPerHour,
            Of(TopMetrics.InFlight).LastOrDefault(IsAt)?.Number,
            Of(TopMetrics.Headroom).LastOrDefault(IsAt)?.Number,
            Math.Round(_cooldowns.GetValueOrDefault(at)));

        bool IsAt(MetricEvent happened) => GroupOf(happened) == at.Group && happened.Tag(TopMetrics.DeploymentTag) == at.Deployment;
    }

    private ModelFigures FiguresOfModel(string model)
    {
        MetricEvent[] requests = [.. Of(TopMetrics.RequestDuration).Where(request => ModelOf(request) == model)];
        (double P50, double P95)? quantiles = Merge(requests);
        return new(model, PerSecond(requests), PerSecond(requests.Where(IsError)), quantiles?.P50, quantiles?.P95, Merge([.. Of(TopMetrics.FirstChunk).Where(chunk => ModelOf(chunk) == model)])?.P50, Tokens("input"), Tokens("output"));

        double Tokens(string type) => Of(TopMetrics.Tokens).Where(tokens => ModelOf(tokens) == model && tokens.Tag(TopMetrics.TokenTypeTag) == type).Sum(tokens => tokens.Sum) / intervalSeconds;
    }

    private IEnumerable<MetricEvent> Of(string instrument) => _interval.Where(happened => happened.Instrument == instrument);

    private double Rate(string instrument, string group) => Of(instrument).Where(happened => GroupOf(happened) == group).Sum(happened => happened.Number);

    private double PerSecond(IEnumerable<MetricEvent> events) => events.Sum(happened => happened.Count) / intervalSeconds;

    // Of several series, each counts as often as it has values: an estimate, as quantiles do not add up.
    private static (double P50, double P95)? Merge(MetricEvent[] events)
    {
        (double P50, double P95, long Count)[] known = [.. events.Where(happened => happened is { Quantiles: not null, Count: > 0 }).Select(happened => (happened.Quantiles!.Value.P50, happened.Quantiles.Value.P95, happened.Count))];
        long count = known.Sum(series => series.Count);
        return count == 0 ? null : (known.Sum(series => series.P50 * series.Count) / count, known.Sum(series => series.P95 * series.Count) / count);
    }

    private static bool IsError(MetricEvent happened) => happened.Tag(TopMetrics.ErrorTag) is { Length: > 0 };

    private static string? GroupOf(MetricEvent happened) => happened.Tag(TopMetrics.GroupTag);

    private static string? ModelOf(MetricEvent happened) => happened.Tag(TopMetrics.ModelTag) is { } model ? (happened.Tag(TopMetrics.ProviderTag) is { } provider ? provider + "/" : "") + model : null;
}
