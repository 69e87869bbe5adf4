using System.Globalization;
using System.Text.Json;

namespace RouterGen.Aws;

/// <summary>Reads keys as containers, instances and programs state them, in JSON.</summary>
internal static class KeyJson
{
    /// <summary>Reads keys.</summary>
    /// <param name="json">An object with <c>AccessKeyId</c>, <c>SecretAccessKey</c>, <c>Token</c> or <c>SessionToken</c>, and <c>Expiration</c>.</param>
    /// <returns>The keys; null where it holds none.</returns>
    public static AwsKeys? Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Text(document.RootElement, "AccessKeyId") is { } id && Text(document.RootElement, "SecretAccessKey") is { } secret
                ? new AwsKeys(id, secret, Text(document.RootElement, "Token") ?? Text(document.RootElement, "SessionToken"), TimeOf(Text(document.RootElement, "Expiration")))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Returns a member that is a string; null where there is none.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>Returns a time; the end of time where there is none.</summary>
    public static DateTimeOffset TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : DateTimeOffset.MaxValue;
}
