using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Page.Data;

/// <summary>The state of each deployment of each group.</summary>
/// <param name="models">The groups.</param>
internal sealed class DeploymentData(IModelGroups models)
{
    /// <summary>Answers with all groups.</summary>
    public Task ListAsync(HttpContext context) => PageJson.SendAsync(context, json =>
    {
        json.WriteStartArray("groups"u8);
        foreach (ModelGroup group in models.Groups) Write(json, group);
        json.WriteEndArray();
    });

    /// <summary>Answers with one deployment.</summary>
    public static Task SendAsync(HttpContext context, Deployment deployment) => PageJson.SendAsync(context, json => Write(json, deployment));

    private static void Write(Utf8JsonWriter json, ModelGroup group)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, group.Name);
        json.WriteString("kind"u8, KindOf(group));
        Write(json, group.Spend);
        json.WriteStartArray("problems"u8);
        foreach (ConfigurationProblem problem in group.ConfigurationProblems) json.WriteStringValue(problem.ToString());
        json.WriteEndArray();
        json.WriteStartArray("deployments"u8);
        foreach (Deployment deployment in group.Deployments)
        {
            json.WriteStartObject();
            Write(json, deployment);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Deployment deployment)
    {
        DeploymentStatus status = deployment.Status;
        json.WriteString("name"u8, status.Name);
        json.WriteString("provider"u8, deployment.Provider);
        json.WriteString("model"u8, deployment.Model);
        json.WriteText("region", deployment.Region);
        json.WriteString("health"u8, status.Health.ToString());
        if (status.IsShadow) json.WriteBoolean("isShadow"u8, true);
        json.WriteNumber("weight"u8, status.Weight);
        json.WriteNumber("order"u8, status.Order);
        json.WriteNumber("inFlight"u8, status.InFlight);
        json.WriteNumber("calls"u8, status.Calls);
        json.WriteNumber("failures"u8, status.Failures);
        json.WriteNumber("failuresInARow"u8, status.FailuresInARow);
        if (status.CooldownRemaining > TimeSpan.Zero) json.WriteMilliseconds("cooldown", status.CooldownRemaining);
        if (status.LastFailure is not FailureKind.None) json.WriteString("lastFailure"u8, status.LastFailure.ToString());
        json.WriteText("problem", status.Problem);
        json.WriteMeasured("headroom", status.Headroom);
        json.WriteKnown("rpm", status.Rpm);
        json.WriteKnown("tpm", status.Tpm);
        json.WriteKnown("maxConcurrency", status.MaxConcurrency);
        json.WriteMilliseconds("latencyP50", status.LatencyP50);
        json.WriteMilliseconds("latencyP95", status.LatencyP95);
        json.WriteMilliseconds("firstTokenP50", status.TimeToFirstTokenP50);
        json.WriteMilliseconds("firstTokenP95", status.TimeToFirstTokenP95);
        Write(json, status.Spend);
    }

    private static void Write(Utf8JsonWriter json, BudgetStatus spend)
    {
        json.WriteStartObject("spend"u8);
        json.WriteNumber("spent"u8, spend.Spent);
        json.WriteKnown("limit", spend.Limit);
        json.WriteString("period"u8, spend.Period.ToString());
        json.WriteNumber("resetsIn"u8, Math.Round(spend.ResetsIn.TotalSeconds));
        json.WriteEndObject();
    }

    /// <summary>Returns what kind of calls a group serves, in words of its type: <c>chat</c>, <c>embedding</c>.</summary>
    internal static string KindOf(ModelGroup group) => group switch
    {
        ChatGroup => "chat",
        EmbeddingGroup => "embeddings",
        CompletionGroup => "completions",
        RerankGroup => "rerank",
        ModerationGroup => "moderation",
        ImageGroup => "images",
        TranscriptionGroup => "transcription",
        SpeechGroup => "speech",
        _ => "other",
    };
}
