using System.ComponentModel;
using System.Net;
using System.Net.Http.Headers;

namespace RouterGen.Infrastructure;

/// <summary>Tokens that are sent as <c>Authorization: Bearer …</c>: fetched, kept, and refreshed before they expire.</summary>
/// <param name="source">Fetches tokens.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TokenCredentials(TokenSource source) : CredentialSource
{
    /// <inheritdoc/>
    public override Authorizer CreateAuthorizer(PlatformContext context) => new WithToken(context.TokensOf(source));

    private sealed class WithToken(TokenCache tokens) : Authorizer
    {
        private const string Header = "Authorization";
        private const string Prefix = "Bearer ";

        public override string Identity => tokens.Source.Identity;

        public override IReadOnlyList<string> SecretTexts => tokens.SecretTexts;

        public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request)
        {
            if (tokens.Usable is not { } token) return FetchAsync(request);
            request.Message.Headers.TryAddWithoutValidation(Header, token.HeaderValue);
            return default;
        }

        public override bool TryRenew(HttpRequestMessage refused, HttpResponseMessage refusal)
        {
            if (refusal.StatusCode is not HttpStatusCode.Unauthorized) return false;
            if (refused.Headers.NonValidated.TryGetValues(Header, out HeaderStringValues sent) && sent.ToString() is { } value && value.StartsWith(Prefix, StringComparison.Ordinal)) tokens.Discard(value[Prefix.Length..]);
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
