using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Models;

/// <summary>
/// Lists the groups as models, in the shape of OpenAI and Anthropic at once: clients of either find what they look for. Windows are the largest of the
/// group's deployments, prices the lowest.
/// </summary>
/// <param name="models">The groups.</param>
/// <param name="started">When the gateway started, for clients that want a date.</param>
internal sealed class ModelsEndpoint(IModelGroups models, DateTimeOffset started)
{
    /// <summary>Answers with the list.</summary>
    public async Task ListAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        IReadOnlyList<ModelGroup> groups = GroupFinder.Visible(models, GatewayCall.Of(context));
        using (var json = new Utf8JsonWriter(context.Response.BodyWriter, EventText.Json))
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            WriteAll(json, "data"u8, groups);
            WriteAll(json, "models"u8, groups); // Codex looks for its catalog there.
            json.WriteBoolean("has_more"u8, false);
            json.WriteString("first_id"u8, groups.Count > 0 ? groups[0].Name : null);
            json.WriteString("last_id"u8, groups.Count > 0 ? groups[^1].Name : null);
            json.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private void WriteAll(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ModelGroup> groups)
    {
        json.WriteStartArray(name);
        foreach (ModelGroup group in groups) Write(json, group);
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, ModelGroup group)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, group.Name);
        json.WriteString("object"u8, "model"u8);
        json.WriteString("type"u8, "model"u8);
        json.WriteString("display_name"u8, group.Name);
        json.WriteNumber("created"u8, started.ToUnixTimeSeconds());
        json.WriteString("created_at"u8, started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteString("owned_by"u8, "routergen"u8);
        WriteLimits(json, group);
        json.WriteEndObject();
    }

    // Under the names of clients that look for them: OpenRouter's context_length and pricing, Anthropic's and LiteLLM's limits.
    private static void WriteLimits(Utf8JsonWriter json, ModelGroup group)
    {
        int window = group.Deployments.Max(static deployment => deployment.ModelLimits.ContextWindow) ?? 0;
        int input = group.Deployments.Max(static deployment => deployment.ModelLimits.LongestPrompt) ?? 0;
        int output = group.Deployments.Max(static deployment => deployment.ModelLimits.OutputLimit) ?? 0;
        if (window > 0) json.WriteNumber("context_length"u8, window);
        if (input > 0) json.WriteNumber("max_input_tokens"u8, input);
        if (output > 0) json.WriteNumber("max_output_tokens"u8, output);
        if (group.Deployments.Select(static deployment => deployment.Prices?.Standard).OfType<TokenPrices>().MinBy(static prices => prices.Input + prices.Output) is not { } lowest) return;
        json.WriteStartObject("pricing"u8);
        json.WriteString("prompt"u8, PerToken(lowest.Input));
        json.WriteString("completion"u8, PerToken(lowest.Output));
        json.WriteEndObject();
    }

    private static string PerToken(decimal perMillion) => (perMillion / 1_000_000).ToString("0.############", CultureInfo.InvariantCulture);
}
