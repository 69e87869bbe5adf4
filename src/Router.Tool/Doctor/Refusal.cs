using System.Globalization;
using System.Text.Json;
using RouterGen.Declarations.Problems;

namespace RouterGen.Tool.Doctor;

/// <summary>What a refusal means, and what to do about it.</summary>
internal static class Refusal
{
    private const int LongestMessage = 200;

    /// <summary>Returns what a request that was not answered well means.</summary>
    /// <param name="check">The check.</param>
    /// <param name="probe">The request.</param>
    /// <param name="address">With what it was authorised.</param>
    /// <param name="model">The model; null where none was asked for.</param>
    public static Finding Of(string check, Probe probe, ProviderAddress address, string? model)
    {
        if (probe.Failure is { } failure) return new(FindingLevel.Error, check, failure, probe.Advice);
        string said = MessageOf(probe.Body, address.Key);
        string message = string.Create(CultureInfo.InvariantCulture, $"{probe.Status}{(said.Length > 0 ? ": " + said : "")}");
        return probe.Status switch
        {
            401 or 403 => new(FindingLevel.Error, check, "the key is not accepted, " + message, address.KeyVariable is { } variable ? $"put a valid key into {variable}, and look at what it is allowed" : "name the key's variable with apiKeyEnv"),
            404 when model is not null => new(FindingLevel.Error, check, $"{model} is not served, " + message, "look at the model's name, and whether this key may use it"),
            402 => new(FindingLevel.Error, check, "no credit is left, " + message, "add credit at the provider"),
            429 => new(FindingLevel.Warning, check, "the rate limit or the quota is used up, " + message, "wait, or raise the limit at the provider; state rpm and tpm so that the router stays below"),
            >= 500 => new(FindingLevel.Error, check, "the provider has a fault, " + message, "look at the provider's status page"),
            >= 300 and < 400 => new(FindingLevel.Error, check, "the endpoint redirects, " + message, "state the address to which it leads as the endpoint"),
            _ => new(FindingLevel.Error, check, message, "look at the model's name and at the endpoint"),
        };
    }

    /// <summary>Returns what a body says of an error, in one line and without a key.</summary>
    public static string MessageOf(string body, string? key)
    {
        string text = Find(body) ?? "";
        if (key is { Length: > 0 }) text = text.Replace(key, Secrets.Redacted, StringComparison.Ordinal);
        text = Secrets.Redact(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return text.Length > LongestMessage ? text[..LongestMessage] + "…" : text;
    }

    private static string? Find(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Find(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Find(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.String) return element.GetString();
        if (element.ValueKind is JsonValueKind.Array) return element.EnumerateArray().Select(Find).FirstOrDefault(found => found is not null);
        if (element.ValueKind is not JsonValueKind.Object) return null;
        foreach (string name in (ReadOnlySpan<string>)["error", "message", "detail"])
        {
            if (element.TryGetProperty(name, out JsonElement inner) && Find(inner) is { } found) return found;
        }

        return null;
    }
}
