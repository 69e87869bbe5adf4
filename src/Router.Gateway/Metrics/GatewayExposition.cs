namespace RouterGen.Gateway.Metrics;

/// <summary>What the gateway measures, under RouterGen's names.</summary>
internal static class GatewayExposition
{
    private const string Prefix = "routergen_gateway_";

    private static readonly string[] OfRequest = ["endpoint", "group", "status", "error"];
    private static readonly string[] OfDuration = ["endpoint", "group", "streaming"];
    private static readonly string[] OfAttempt = ["group", "deployment", "outcome"];
    private static readonly string[] OfDeployment = ["group", "deployment", "model", "provider"];
    private static readonly string[] OfState = ["group", "deployment"];

    /// <summary>Writes all of it.</summary>
    public static void Write(MetricsText text, GatewayMetrics metrics, DeploymentGauges gauges)
    {
        WriteRequests(text, metrics);
        WriteLimits(text, metrics);
        WriteAttempts(text, metrics);
        WriteStates(text, gauges);
        ProcessGauges.Write(text);
    }

    private static void WriteRequests(MetricsText text, GatewayMetrics metrics)
    {
        text.Counter(Prefix + "requests", "Requests that ended, by status as the client got it (499: the client left) and by what was wrong.", OfRequest, metrics.Requests.All(), static series => series.Value);
        KeyValuePair<LabelValues, RequestSeries>[] durations = metrics.Durations.All();
        text.Histogram(Prefix + "request_duration_seconds", "Time from a request's headers to the last byte of its answer.", OfDuration, durations, static series => series.Duration);
        text.Histogram(Prefix + "time_to_first_byte_seconds", "Time from a request's headers to the first byte of its answer.", OfDuration, durations, static series => series.TimeToFirstByte);
        text.Histogram(Prefix + "overhead_duration_seconds", "Time of answers in one piece that was not spent at providers.", OfDuration, durations, static series => series.Overhead);
        text.Gauge(Prefix + "in_flight_requests", "Requests under way, those that wait included.", metrics.InFlight);
    }

    private static void WriteLimits(MetricsText text, GatewayMetrics metrics)
    {
        text.Gauge(Prefix + "running_requests", "Requests under way that count against the limit of them.", metrics.Limits.Running);
        text.Gauge(Prefix + "queued_requests", "Requests that wait for one under way to end.", metrics.Limits.Queued);
        text.Gauge(Prefix + "buffered_bytes", "Bytes of the bodies of requests under way.", metrics.Limits.Held);
        KeyValuePair<LabelValues, long>[] refusals =
        [
            new(new LabelValues("bodies_full"), metrics.Limits.RefusedForBodies),
            new(new LabelValues("queue_full"), metrics.Limits.RefusedForQueue),
            new(new LabelValues("queue_time"), metrics.Limits.RefusedForTime),
        ];
        text.Counter(Prefix + "refusals", "Requests refused because the gateway had too much to do.", ["reason"], refusals, static count => count);
    }

    private static void WriteAttempts(MetricsText text, GatewayMetrics metrics)
    {
        text.Counter(Prefix + "attempts", "Attempts at deployments, by how they went.", OfAttempt, metrics.Attempts.All(), static series => series.Value);
        KeyValuePair<LabelValues, DeploymentSeries>[] deployments = metrics.Deployments.All();
        text.Histogram(Prefix + "attempt_duration_seconds", "Time of attempts, of streams to their end.", OfDeployment, deployments, static series => series.Duration);
        text.Histogram(Prefix + "time_to_first_token_seconds", "Time from the start of an attempt to the first content of its stream.", OfDeployment, deployments, static series => series.TimeToFirstToken);
        text.Counter(Prefix + "input_tokens", "Tokens sent to deployments, as billed.", OfDeployment, deployments, static series => series.InputTokens.Value);
        text.Counter(Prefix + "output_tokens", "Tokens answered by deployments, as billed.", OfDeployment, deployments, static series => series.OutputTokens.Value);
        text.Counter(Prefix + "cost_usd", "What attempts cost, in USD.", OfDeployment, deployments, static series => series.Cost);
        text.Counter(Prefix + "cooldowns", "Times a deployment began to cool down after requests had failed.", OfDeployment, deployments, static series => series.Cooldowns.Value);
        KeyValuePair<LabelValues, FallbackSeries>[] fallbacks = metrics.Fallbacks.All();
        text.Counter(Prefix + "fallbacks_answered", "Requests that another group answered.", ["group", "fallback"], fallbacks, static series => series.Successes.Value);
        text.Counter(Prefix + "fallbacks_failed", "Requests that another group could not answer either.", ["group", "fallback"], fallbacks, static series => series.Failures.Value);
    }

    private static void WriteStates(MetricsText text, DeploymentGauges gauges)
    {
        text.Gauge(Prefix + "deployment_state", "Whether a deployment takes calls: 0 it does, 1 it is cooling down or being tried, 2 it does not.", OfState, gauges.All, static status => DeploymentGauges.StateOf(status));
        text.Gauge(Prefix + "deployment_cooldown_seconds", "What is left of a deployment's cooldown.", OfState, gauges.All, static status => status.CooldownRemaining.TotalSeconds);
        text.Gauge(Prefix + "deployment_in_flight", "Calls under way at a deployment.", OfState, gauges.All, static status => status.InFlight);
        text.Gauge(Prefix + "deployment_headroom", "The part of a deployment's rate limits that is left, 0 to 1.", OfState, gauges.All, static status => status.Headroom);
    }
}
