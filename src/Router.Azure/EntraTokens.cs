using Azure.Core;
using RouterGen.Infrastructure;
using AccessToken = RouterGen.Infrastructure.AccessToken;

namespace RouterGen.Azure;

/// <summary>Fetches tokens of one identity for one scope.</summary>
/// <param name="identity">What tells them from others.</param>
/// <param name="scope">What they are for.</param>
/// <param name="credential">Makes the identity, at the first fetch.</param>
internal sealed class EntraTokens(string identity, string scope, Func<TokenCredential> credential) : TokenSource
{
    private readonly TokenRequestContext _request = new([scope]);
    private TokenCredential? _credential; // one fetch at a time makes it

    public override string Identity => identity;

    public override async ValueTask<FetchedToken> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            _credential ??= credential();
            global::Azure.Core.AccessToken token = await _credential.GetTokenAsync(_request, cancellationToken).ConfigureAwait(false);
            return new(new AccessToken(token.Token, token.ExpiresOn));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new(null, EntraFailures.Read(exception));
        }
    }
}
