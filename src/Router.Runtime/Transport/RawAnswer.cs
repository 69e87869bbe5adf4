using System.Text.Json;

namespace RouterGen;

/// <summary>What a provider sent, as JSON, for a caller that asked for it.</summary>
internal static class RawAnswer
{
    /// <summary>Returns the JSON; null where it is none.</summary>
    public static object? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
