using System.Diagnostics;
using System.Globalization;

namespace RouterGen;

/// <summary>
/// What Langfuse reads that is not in the conventions: https://langfuse.com/integrations/native/opentelemetry. It takes a span with an operation of generative AI for a generation; the
/// span of a call is none, since its attempts are, and each has its own cost: so nothing is counted twice.
/// </summary>
/// <param name="environment">The environment that traces are filed under; null for the default.</param>
/// <param name="release">The release of the application; null for none.</param>
internal sealed class LangfuseAttributes(string? environment, string? release)
{
    /// <summary>Adds them to a span that has ended.</summary>
    /// <param name="span">The span.</param>
    /// <param name="observed">The <see cref="ObservedCall"/> or <see cref="ObservedAttempt"/> that it is of.</param>
    public void AddTo(Activity span, object observed)
    {
        if (environment is not null) span.SetTag("langfuse.environment", environment);
        if (release is not null) span.SetTag("langfuse.release", release);
        switch (observed)
        {
            case ObservedCall call:
                span.SetTag("langfuse.observation.type", "span");
                AddTrace(span, call);
                break;
            case ObservedAttempt attempt:
                AddAttempt(span, attempt);
                if (attempt.Call is { } of) AddTrace(span, of);
                else span.SetTag("langfuse.trace.name", (attempt.Purpose is AttemptPurpose.Probe ? "probe " : "shadow ") + attempt.Group);
                break;
        }
    }

    // Session and user are on the spans already, as session.id and user.id.
    private static void AddTrace(Activity span, ObservedCall call)
    {
        span.SetTag("langfuse.trace.name", call.Group);
        if (call.Routing.Tags.Count + call.Routing.SpendTags.Count > 0) span.SetTag("langfuse.trace.tags", (string[])[.. call.Routing.Tags, .. call.Routing.SpendTags]);
    }

    private static void AddAttempt(Activity span, ObservedAttempt attempt)
    {
        span.SetTag("langfuse.observation.type", span.GetTagItem("gen_ai.operation.name") is "embeddings" ? "embedding" : "generation");
        if (attempt.Cost is { } cost)
        {
            // The first is exact and goes before the second, where the server knows it for spans of other libraries than its own.
            span.SetTag("langfuse.observation.cost_details", string.Create(CultureInfo.InvariantCulture, $$"""{"total":{{cost}}}"""));
            span.SetTag("gen_ai.usage.cost", (double)cost);
        }

        // It is read as JSON: without the quotes it is ignored.
        if (attempt.TimeToFirstToken is { } first) span.SetTag("langfuse.observation.completion_start_time", '"' + (span.StartTimeUtc + first).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) + '"');
    }
}
