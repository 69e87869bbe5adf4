using System.ComponentModel;
using System.Net.Http.Headers;

namespace RouterGen.Infrastructure;

/// <summary>
/// A platform that takes a token as <c>Authorization: Bearer …</c>, which is fetched, kept and refreshed before it expires. A key, where one
/// is configured or a caller brings it, is sent in place of a token.
/// </summary>
/// <param name="source">Fetches tokens.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public class TokenPlatform(TokenSource source) : Platform
{
    /// <inheritdoc/>
    public override Authorizer CreateAuthorizer(string? key, PlatformContext context) =>
        key is null ? new WithToken(context.TokensOf(source)) : KeyHeaderPlatform.Bearer.CreateAuthorizer(key, context);

    private sealed class WithToken(TokenCache tokens) : Authorizer
    {
        private const string Header = "Authorization";

        public override string Identity => tokens.Identity;

        public override IReadOnlyList<string> SecretTexts => tokens.Recent;

        public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request)
        {
            if (tokens.Usable is not { } token) return FetchAsync(request);
            request.Message.Headers.TryAddWithoutValidation(Header, token.HeaderValue);
            return default;
        }

        public override bool TryRenew(HttpRequestMessage refused)
        {
            tokens.Discard(refused.Headers.NonValidated.TryGetValues(Header, out HeaderStringValues sent) ? sent.ToString() : "");
            return true;
        }

        private async ValueTask<AttemptFailure?> FetchAsync(RequestToAuthorize request)
        {
            FetchedToken fetched = await tokens.FetchAsync(request.IsAsync, request.Cancellation).ConfigureAwait(false);
            if (fetched.Token is not { } token) return fetched.Failure;
            request.Message.Headers.TryAddWithoutValidation(Header, token.HeaderValue);
            return null;
        }
    }
}
