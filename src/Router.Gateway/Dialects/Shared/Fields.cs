using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Shared;

/// <summary>Reads members of requests, with errors that name their place.</summary>
internal static class Fields
{
    /// <summary>Returns a member; the default where it is absent or null.</summary>
    public static JsonElement Get(this JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : default;

    /// <summary>Returns a text; null where the member is absent or is none.</summary>
    public static string? Text(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Returns a number; null where the member is absent or is none.</summary>
    public static float? Number(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetSingle(out float value) ? value : null;

    /// <summary>Returns a whole number; null where the member is absent or is none.</summary>
    public static long? Integer(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;

    /// <summary>Returns a limit of tokens, at least 1; null where the member is absent or is none.</summary>
    public static int? Limit(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Integer(name) is { } limit ? (int)Math.Clamp(limit, 1, int.MaxValue) : null;

    /// <summary>Returns the value of a switch; null where the member is absent or is none.</summary>
    public static bool? Flag(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>Returns the items of an array; nothing where the member is absent or is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>Returns the texts of a member that is one text or an array of them; null where it is absent or is neither. What in an array is no text is passed over.</summary>
    public static List<string>? Texts(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name) switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!)],
        _ => null,
    };

    /// <summary>Returns the members that are not known, for APIs that have a meaning for them; null where there are none.</summary>
    public static AdditionalPropertiesDictionary? Others(this JsonElement parent, string[] known)
    {
        AdditionalPropertiesDictionary? others = null;
        foreach (JsonProperty member in parent.EnumerateObject())
        {
            if (!known.Contains(member.Name)) (others ??= [])[member.Name] = member.Value;
        }

        return others;
    }

    /// <summary>Returns the failure of a member.</summary>
    /// <param name="place">Where it is, for example <c>messages[2].role</c>.</param>
    /// <param name="demand">What it must be.</param>
    public static AttemptFailure Invalid(string place, string demand) => new(FailureKind.InvalidRequest, $"{place}: {demand}.");
}
