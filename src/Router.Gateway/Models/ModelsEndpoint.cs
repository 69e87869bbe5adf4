using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
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
    public async Task ListAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        IReadOnlyList<ModelGroup> groups = models.Groups;
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
        json.WriteEndObject();
    }
}
