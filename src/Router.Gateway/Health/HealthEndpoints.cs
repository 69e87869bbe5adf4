using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Health;

/// <summary>
/// Tells how the gateway is. Alive: it answers. Ready: a deployment takes calls. In detail: each deployment, by what its router knows already; no provider is
/// asked, so that it may be asked as often as one likes.
/// </summary>
/// <param name="models">The groups.</param>
/// <param name="stopping">The application was asked to end.</param>
internal sealed class HealthEndpoints(IModelGroups models, CancellationToken stopping)
{
    /// <summary>Answers that the gateway is alive.</summary>
    public static async Task AliveAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("\"I'm alive!\"", context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Answers whether calls can be served: 200, or 503 where no deployment of any group takes calls, or the program is about to end.</summary>
    public async Task ReadyAsync(HttpContext context)
    {
        string? reason = stopping.IsCancellationRequested ? "The gateway is stopping." : models.Groups.Any(static group => group.Status.Any(TakesCalls)) ? null : "No deployment takes calls.";
        context.Response.StatusCode = reason is null ? 200 : 503;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(reason is null ? """{"status":"healthy"}""" : $$"""{"status":"unhealthy","reason":"{{reason}}"}""", context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Answers with the state of each deployment.</summary>
    public async Task DetailsAsync(HttpContext context)
    {
        (ModelGroup Group, DeploymentStatus Status)[] all = [.. GroupFinder.Visible(models, GatewayCall.Of(context)).SelectMany(static group => group.Status.Select(status => (group, status)))];
        context.Response.ContentType = "application/json";
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter, EventText.Json))
        {
            json.WriteStartObject();
            WriteAll(json, "healthy_endpoints"u8, all.Where(static one => TakesCalls(one.Status)));
            WriteAll(json, "unhealthy_endpoints"u8, all.Where(static one => !TakesCalls(one.Status)));
            json.WriteNumber("healthy_count"u8, all.Count(static one => TakesCalls(one.Status)));
            json.WriteNumber("unhealthy_count"u8, all.Count(static one => !TakesCalls(one.Status)));
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static bool TakesCalls(DeploymentStatus status) => !status.IsShadow && status.Health is DeploymentHealth.Healthy or DeploymentHealth.Probing;

    private static void WriteAll(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<(ModelGroup Group, DeploymentStatus Status)> deployments)
    {
        json.WriteStartArray(name);
        foreach ((ModelGroup group, DeploymentStatus status) in deployments)
        {
            json.WriteStartObject();
            json.WriteString("model_name"u8, group.Name);
            json.WriteString("deployment"u8, status.Name);
            json.WriteString("health"u8, status.Health.ToString());
            json.WriteNumber("in_flight"u8, status.InFlight);
            if (status.CooldownRemaining > TimeSpan.Zero) json.WriteNumber("cooldown_seconds"u8, Math.Round(status.CooldownRemaining.TotalSeconds, 1));
            if (status.LastFailure is not FailureKind.None) json.WriteString("last_failure"u8, status.LastFailure.ToString());
            if (status.Problem is { } problem) json.WriteString("problem"u8, problem);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
