using System.Security.Claims;

namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>What a session keeps of a person: an id, a name and a role, and no token of the provider's.</summary>
internal static class SessionPrincipal
{
    private const string Admin = "admin";
    private const string Viewer = "viewer";

    /// <summary>Returns what a session keeps.</summary>
    public static ClaimsPrincipal Write(PagePerson person) =>
        new(new ClaimsIdentity([new Claim("sub", person.Id), new Claim("name", person.Name), new Claim("role", person.Role is PageRole.Admin ? Admin : Viewer)], Schemes.Session));

    /// <summary>Returns the person; null where it is no session of this version.</summary>
    public static PagePerson? Read(ClaimsPrincipal session) =>
        session.FindFirst("sub")?.Value is { } id && session.FindFirst("name")?.Value is { } name
            ? session.FindFirst("role")?.Value switch
            {
                Admin => new PagePerson(id, name, PageRole.Admin),
                Viewer => new PagePerson(id, name, PageRole.Viewer),
                _ => null,
            }
            : null;
}
