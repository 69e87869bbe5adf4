using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Page.Data;

/// <summary>Which groups take over from which.</summary>
/// <param name="models">The groups.</param>
internal sealed class GraphData(IModelGroups models)
{
    /// <summary>Answers with all groups and what takes over from them. A fallback group that clients cannot ask is listed too.</summary>
    public Task ReadAsync(HttpContext context)
    {
        var seen = new HashSet<ModelGroup>();
        var left = new Queue<ModelGroup>(models.Groups);
        var all = new List<ModelGroup>();
        while (left.TryDequeue(out ModelGroup? group))
        {
            if (!seen.Add(group)) continue;
            all.Add(group);
            foreach (ModelGroup next in GroupFallbacks.OfOutages(group).Concat(GroupFallbacks.OfContextWindows(group)).Concat(GroupFallbacks.OfContentFilters(group))) left.Enqueue(next);
        }

        return PageJson.SendAsync(context, json =>
        {
            json.WriteStartArray("groups"u8);
            foreach (ModelGroup group in all) Write(json, group);
            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, ModelGroup group)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, group.Name);
        json.WriteString("kind"u8, DeploymentData.KindOf(group));
        json.WriteStartArray("deployments"u8);
        foreach (DeploymentStatus status in group.Status)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, status.Name);
            json.WriteNumber("weight"u8, status.Weight);
            json.WriteNumber("order"u8, status.Order);
            json.WriteString("health"u8, status.Health.ToString());
            if (status.IsShadow) json.WriteBoolean("isShadow"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "fallbacks"u8, GroupFallbacks.OfOutages(group));
        Write(json, "contextWindowFallbacks"u8, GroupFallbacks.OfContextWindows(group));
        Write(json, "contentPolicyFallbacks"u8, GroupFallbacks.OfContentFilters(group));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<ModelGroup> groups)
    {
        json.WriteStartArray(name);
        foreach (ModelGroup group in groups) json.WriteStringValue(group.Name);
        json.WriteEndArray();
    }
}
