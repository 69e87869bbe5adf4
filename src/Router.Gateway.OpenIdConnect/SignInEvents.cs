using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging;

namespace RouterGen.Gateway.OpenIdConnect;

/// <summary>What happens as a person signs in: the redirect address is set, the role is found, and who is refused is sent back to the page with a word that says why.</summary>
/// <param name="options">The provider, and who may do what.</param>
/// <param name="logger">Where it is logged.</param>
internal sealed partial class SignInEvents(OpenIdConnectSignInOptions options, ILogger logger)
{
    /// <summary>The provider cannot be reached.</summary>
    public const string Unreachable = "unreachable";

    private const string NoRole = "role";
    private const string Failed = "failed";
    private const int LongestMessage = 500;

    private readonly RoleRule _rule = new(options);

    /// <summary>Logs a refusal. The library's messages hold no tokens; what a provider says may hold anything.</summary>
    public static void LogRefused(ILogger logger, string reason, Exception? exception)
    {
        string message = exception?.Message ?? "";
        if (message.Length > LongestMessage) message = message[..LongestMessage];
        LogRefused(logger, reason, exception?.GetType().Name, string.Concat(message.Where(static one => !char.IsControl(one))));
    }

    /// <summary>Sets what happens.</summary>
    public void AddTo(OpenIdConnectEvents events)
    {
        events.OnRedirectToIdentityProvider = SetAddress;
        events.OnTokenValidated = Admit;
        events.OnRemoteFailure = SendBack;
    }

    // The framework takes it from the request's Host.
    private Task SetAddress(RedirectContext context)
    {
        context.ProtocolMessage.RedirectUri = options.PageAddress + PageRoutes.Callback;
        return Task.CompletedTask;
    }

    private Task Admit(TokenValidatedContext context)
    {
        PagePerson? person = _rule.PersonOf(context.Principal!);
        if (person is null)
        {
            context.Fail(new NoRoleException());
            return Task.CompletedTask;
        }

        context.Principal = SessionPrincipal.Write(person);
        LogSignedIn(logger, person.Id, person.Name, person.Role);
        return Task.CompletedTask;
    }

    private Task SendBack(RemoteFailureContext context)
    {
        string reason = context.Failure switch
        {
            NoRoleException => NoRole,
            HttpRequestException or IOException or TaskCanceledException => Unreachable,
            _ => Failed,
        };
        LogRefused(logger, reason, context.Failure);
        context.Response.Redirect(PageRoutes.Refused(options, reason));
        context.HandleResponse();
        return Task.CompletedTask;
    }

    [LoggerMessage(146, LogLevel.Information, "{Id} ({Name}) signed in to the page as {Role}")]
    private static partial void LogSignedIn(ILogger logger, string id, string name, PageRole role);

    [LoggerMessage(147, LogLevel.Warning, "Someone could not sign in to the page ({Reason}): {Exception}: {Message}")]
    private static partial void LogRefused(ILogger logger, string reason, string? exception, string message);

    private sealed class NoRoleException() : Exception("The account has no value of the claim that gives a role.");
}
