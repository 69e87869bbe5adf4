using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace RouterGen;

/// <summary>
/// How people sign in to the page, beside the master key: a service of the application that the page is mapped on. The page's data and the endpoints that manage keys then
/// open to those who have signed in, as far as their role goes; the endpoints of models do not.
/// </summary>
public interface IPageSignIn
{
    /// <summary>Gets what the button on the page says after "Sign in with".</summary>
    string Name { get; }

    /// <summary>Maps what signing in needs beneath the page, such as the address that a provider of identities sends the browser back to.</summary>
    /// <param name="page">The page.</param>
    /// <param name="path">The path of the page, as <see cref="PageOptions.Path"/> has it.</param>
    void Map(IEndpointRouteBuilder page, string path);

    /// <summary>Sends the browser to where a person signs in. The page asks for it; requests that other sites cause do not get here.</summary>
    /// <param name="context">The request.</param>
    Task BeginAsync(HttpContext context);

    /// <summary>Returns the person whose request it is; null where none has signed in, or the session has ended.</summary>
    /// <param name="context">The request.</param>
    ValueTask<PagePerson?> FindAsync(HttpContext context);

    /// <summary>Ends the session of the browser.</summary>
    /// <param name="context">The request, which the page answers.</param>
    Task EndAsync(HttpContext context);
}
