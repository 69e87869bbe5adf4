using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Metrics;

/// <summary>Answers with all metrics, in OpenMetrics where the client asks for it, as Prometheus does.</summary>
/// <param name="metrics">What was counted.</param>
internal sealed class MetricsEndpoint(GatewayMetrics metrics)
{
    private const string OpenMetrics = "application/openmetrics-text";

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        bool isOpen = context.Request.Headers.Accept.ToString().Contains(OpenMetrics, StringComparison.OrdinalIgnoreCase);
        var text = new MetricsText(isOpen);
        var gauges = new DeploymentGauges(metrics.Models);
        GatewayExposition.Write(text, metrics, gauges);
        if (metrics.ShowsLiteLLMNames) LiteLLMExposition.Write(text, metrics, gauges);
        byte[] body = text.End();
        context.Response.ContentType = isOpen ? OpenMetrics + "; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
