using System.Buffers;
using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Responses;

/// <summary>Knows which models a request may reach as it is written, and so whether thoughts that one of them encrypted can go back: another one refuses them.</summary>
internal sealed class ThoughtMakers
{
    private const string Encrypted = "reasoning.encrypted_content";

    private readonly HashSet<string> _models = new(StringComparer.Ordinal);

    /// <summary>Looks at the deployments that may be asked.</summary>
    /// <param name="group">The group; null where there is none of the request's model.</param>
    /// <param name="dialect">How the client speaks.</param>
    public ThoughtMakers(ChatGroup? group, ClientDialect dialect)
    {
        if (group is null) return;
        foreach (ModelGroup asked in (IEnumerable<ModelGroup>)[group, .. GroupFallbacks.OfOutages(group), .. GroupFallbacks.OfContextWindows(group), .. GroupFallbacks.OfContentFilters(group)])
        {
            foreach (Deployment deployment in asked.Deployments)
            {
                if (ChatRelay.PassesTo(deployment, dialect)) _models.Add(deployment.Provider + "/" + deployment.Model);
            }
        }
    }

    /// <summary>Returns whether a model is the only one that gets requests as they are written.</summary>
    public bool IsOnly(string model) => _models.Count == 1 && _models.Contains(model);

    /// <summary>Returns what a request asks to be included (<c>include</c>), and encrypted thoughts.</summary>
    public static ReadOnlyMemory<byte> Include(RelayedRequest request)
    {
        ReadOnlySpan<byte> asked = request.Find("include"u8);
        if (asked.IsEmpty || asked[0] is not (byte)'[') return """["reasoning.encrypted_content"]"""u8.ToArray();
        JsonElement list = RequestJson.Parse(asked);
        var output = new ArrayBufferWriter<byte>(asked.Length + 64);
        using (var json = new Utf8JsonWriter(output, EventText.Json))
        {
            json.WriteStartArray();
            foreach (JsonElement one in list.EnumerateArray()) one.WriteTo(json);
            if (!list.EnumerateArray().Any(static one => one.ValueKind is JsonValueKind.String && one.ValueEquals(Encrypted))) json.WriteStringValue(Encrypted);
            json.WriteEndArray();
        }

        return output.WrittenMemory;
    }
}
