namespace RouterGen.Gateway.Metrics;

/// <summary>
/// The same under the names of LiteLLM's proxy, for dashboards and alerts that look for them: https://docs.litellm.ai/docs/proxy/prometheus. Durations are in seconds, as there.
/// Labels that tell of keys and people are not there.
/// </summary>
internal static class LiteLLMExposition
{
    private static readonly string[] OfRequest = ["route", "requested_model", "status_code", "exception_class"];
    private static readonly string[] OfDuration = ["route", "requested_model", "stream"];
    private static readonly string[] OfDeployment = ["requested_model", "model_id", "litellm_model_name", "api_provider"];
    private static readonly string[] OfFallback = ["requested_model", "fallback_model"];

    /// <summary>Writes all of it.</summary>
    public static void Write(MetricsText text, GatewayMetrics metrics, DeploymentGauges gauges)
    {
        KeyValuePair<LabelValues, Counter>[] requests = metrics.Requests.All();
        text.Counter("litellm_proxy_total_requests_metric", "Requests.", OfRequest, requests, static series => series.Value);
        text.Counter("litellm_proxy_failed_requests_metric", "Requests that were not answered.", OfRequest, [.. requests.Where(static one => one.Key.Fourth.Length > 0)], static series => series.Value);
        text.Gauge("litellm_in_flight_requests", "Requests under way.", metrics.InFlight);
        KeyValuePair<LabelValues, RequestSeries>[] durations = metrics.Durations.All();
        text.Histogram("litellm_request_total_latency_metric", "Time of requests, in seconds.", OfDuration, durations, static series => series.Duration);
        text.Histogram("litellm_overhead_latency_metric", "Time of requests that was not spent at providers, in seconds.", OfDuration, durations, static series => series.Overhead);
        WriteDeployments(text, metrics.Deployments.All());
        text.Gauge("litellm_deployment_state", "0 healthy, 1 partial outage, 2 complete outage.", ["requested_model", "model_id"], gauges.All, static status => DeploymentGauges.StateOf(status));
        KeyValuePair<LabelValues, FallbackSeries>[] fallbacks = metrics.Fallbacks.All();
        text.Counter("litellm_deployment_successful_fallbacks", "Requests that another group answered.", OfFallback, fallbacks, static series => series.Successes.Value);
        text.Counter("litellm_deployment_failed_fallbacks", "Requests that another group could not answer either.", OfFallback, fallbacks, static series => series.Failures.Value);
    }

    private static void WriteDeployments(MetricsText text, KeyValuePair<LabelValues, DeploymentSeries>[] deployments)
    {
        text.Histogram("litellm_llm_api_latency_metric", "Time of attempts, in seconds.", OfDeployment, deployments, static series => series.Duration);
        text.Histogram("litellm_llm_api_time_to_first_token_metric", "Time to the first content of streams, in seconds.", OfDeployment, deployments, static series => series.TimeToFirstToken);
        text.Counter("litellm_spend_metric", "What attempts cost, in USD.", OfDeployment, deployments, static series => series.Cost);
        text.Counter("litellm_input_tokens_metric", "Tokens sent.", OfDeployment, deployments, static series => series.InputTokens.Value);
        text.Counter("litellm_output_tokens_metric", "Tokens answered.", OfDeployment, deployments, static series => series.OutputTokens.Value);
        text.Counter("litellm_total_tokens_metric", "Tokens sent and answered.", OfDeployment, deployments, static series => series.InputTokens.Value + series.OutputTokens.Value);
        text.Counter("litellm_deployment_total_requests", "Attempts.", OfDeployment, deployments, static series => series.Successes.Value + series.Failures.Value);
        text.Counter("litellm_deployment_success_responses", "Attempts that succeeded.", OfDeployment, deployments, static series => series.Successes.Value);
        text.Counter("litellm_deployment_failure_responses", "Attempts that failed.", OfDeployment, deployments, static series => series.Failures.Value);
        text.Counter("litellm_deployment_cooled_down", "Times a deployment began to cool down.", OfDeployment, deployments, static series => series.Cooldowns.Value);
    }
}
