using System.Security.Claims;
using System.Text.Json;

namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>Finds out of the claims of an ID token who a person is, and what the person may do.</summary>
/// <param name="options">The claim, and its values.</param>
internal sealed class RoleRule(OpenIdConnectSignInOptions options)
{
    private const int LongestText = 256;

    /// <summary>Returns the person; null where no value gives a role, or the token does not say who it is.</summary>
    public PagePerson? PersonOf(ClaimsPrincipal token)
    {
        if (token.FindFirst("sub")?.Value is not { Length: > 0 and <= LongestText } id || RoleOf(token) is not { } role) return null;
        string name = token.FindFirst("name")?.Value ?? token.FindFirst("preferred_username")?.Value ?? token.FindFirst("email")?.Value ?? id;
        return new PagePerson(Shown(id), Shown(name), role);
    }

    private PageRole? RoleOf(ClaimsPrincipal token)
    {
        HashSet<string> values = [.. ValuesOf(token)];
        if (options.AdminValues.Any(values.Contains)) return PageRole.Admin;
        return options.ViewerValues.Any(values.Contains) ? PageRole.Viewer : null;
    }

    private IEnumerable<string> ValuesOf(ClaimsPrincipal token)
    {
        string name = options.RoleClaim;

        // An address that nobody has verified is whatever someone typed.
        if (name is "email" && !string.Equals(token.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase)) return [];
        if (token.HasClaim(claim => claim.Type == name)) return token.FindAll(name).Select(static claim => claim.Value);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot <= 0 ? [] : token.FindAll(name[..dot]).SelectMany(claim => Within(claim.Value, name[(dot + 1)..]));
    }

    private static List<string> Within(string json, string path)
    {
        var values = new List<string>();
        try
        {
            JsonElement at = JsonElement.Parse(json);
            foreach (string part in path.Split('.'))
            {
                if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(part, out at)) return values;
            }

            if (at.ValueKind is JsonValueKind.String) values.Add(at.GetString()!);
            else if (at.ValueKind is JsonValueKind.Array) values.AddRange(at.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.String).Select(static item => item.GetString()!));
        }
        catch (JsonException)
        {
            // It is a text, which has no parts.
        }

        return values;
    }

    // It is logged, and shown to others.
    private static string Shown(string text) => string.Concat(text.Where(static one => !char.IsControl(one)).Take(LongestText));
}
