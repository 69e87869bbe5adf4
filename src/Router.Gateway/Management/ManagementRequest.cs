using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Management;

/// <summary>A request to manage keys and what is about them.</summary>
/// <param name="context">The request.</param>
/// <param name="body">Its body, an object; the default where it has none.</param>
/// <param name="values">The values of a body that is several, one after the other.</param>
/// <param name="caller">Whose request it is.</param>
internal sealed class ManagementRequest(HttpContext context, JsonElement body, IReadOnlyList<JsonElement> values, Caller caller)
{
    /// <summary>Gets the body, an object; the default where the request has none.</summary>
    public JsonElement Body => body;

    /// <summary>Gets the values of a body that is several, one after the other; empty for other endpoints.</summary>
    public IReadOnlyList<JsonElement> Values => values;

    /// <summary>Gets whose request it is.</summary>
    public Caller Caller => caller;

    /// <summary>Returns a part of the path.</summary>
    public string Route(string name) => (string)context.GetRouteValue(name)!;

    /// <summary>Returns a parameter of the address; null where it is absent or empty.</summary>
    public string? Query(string name) => context.Request.Query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) && values.Count > 0 && values[0] is { Length: > 0 } value ? value : null;

    /// <summary>Returns a parameter that must be there.</summary>
    public string RequiredQuery(string name) => Query(name) ?? throw ManagementError.Invalid(name, "the parameter is missing in the address.");

    /// <summary>Returns whether a parameter is <c>true</c>.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="usual">What it is where it is absent.</param>
    public bool Flag(string name, bool usual = false) => Query(name) is { } value ? string.Equals(value, "true", StringComparison.OrdinalIgnoreCase) || value is "1" : usual;

    /// <summary>Returns a number from 1.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="usual">What it is where it is absent.</param>
    /// <param name="most">The most that it may be; more is taken for this.</param>
    public int Number(string name, int usual, int most)
    {
        if (Query(name) is not { } value) return usual;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? Math.Min(number, most) : throw ManagementError.Invalid(name, "must be a whole number from 1.");
    }

    /// <summary>Returns a moment or a day, in UTC; null where it is absent.</summary>
    public DateTimeOffset? Date(string name) => Query(name) is not { } value
        ? null
        : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset date) ? date : throw ManagementError.Invalid(name, "must be a day, such as 2026-01-31.");

    /// <summary>Returns a text of the body that must be there.</summary>
    public string Required(string name) => Text(name) ?? throw ManagementError.Invalid(name, "must be a text that is not empty.");

    /// <summary>Returns a text of the body; null where it is absent or empty.</summary>
    public string? Text(string name) => body.Get(System.Text.Encoding.UTF8.GetBytes(name)) switch
    {
        { ValueKind: JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        _ => throw ManagementError.Invalid(name, "must be a text."),
    };

    /// <summary>Returns the texts of a member of the body; empty where it is absent.</summary>
    public string[] Texts(string name)
    {
        JsonElement value = body.Get(System.Text.Encoding.UTF8.GetBytes(name));
        if (value.ValueKind is JsonValueKind.Undefined) return [];
        if (value.ValueKind is not JsonValueKind.Array || value.EnumerateArray().Any(static item => item.ValueKind is not JsonValueKind.String)) throw ManagementError.Invalid(name, "must be an array of texts.");
        return [.. value.EnumerateArray().Select(static item => item.GetString()!)];
    }
}
