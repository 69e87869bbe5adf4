using Microsoft.AspNetCore.Http;

namespace RouterGen.Gateway.Page.Data;

/// <summary>How people sign in, and who has. It needs no key: the page asks for it first.</summary>
/// <param name="signIn">How people sign in; null where the master key is the only way.</param>
internal sealed class SessionData(IPageSignIn? signIn)
{
    /// <summary>Answers with what the button for signing in says, and the person who has signed in.</summary>
    public async Task ReadAsync(HttpContext context)
    {
        PagePerson? person = signIn is null ? null : await signIn.FindAsync(context).ConfigureAwait(false);
        await PageJson.SendAsync(context, json =>
        {
            json.WriteText("signIn", signIn?.Name);
            json.WriteText("person", person?.Name);
            json.WriteText("role", person?.Role is { } role ? role is PageRole.Admin ? "admin" : "viewer" : null);
        }).ConfigureAwait(false);
    }

    /// <summary>Ends the session of the browser.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (signIn is not null) await signIn.EndAsync(context).ConfigureAwait(false);
        await PageJson.SendAsync(context, static _ => { }).ConfigureAwait(false);
    }
}
