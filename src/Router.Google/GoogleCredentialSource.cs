using RouterGen.Google.Accounts;
using RouterGen.Infrastructure;

namespace RouterGen.Google;

/// <summary>An identity of Google Cloud.</summary>
/// <param name="name">What tells it from others.</param>
/// <param name="find">Finds the account by what variables hold; asked for each token, so that a file which is replaced is read again.</param>
/// <param name="network">How servers are asked; null for over the network.</param>
internal sealed class GoogleCredentialSource(string name, Func<Func<string, string?>, FoundAccount> find, TokenRequests? network = null) : CredentialSource
{
    public override Authorizer CreateAuthorizer(PlatformContext context) =>
        new TokenCredentials(new GoogleTokens(name, () => find(context.Variables), network ?? TokenRequests.Network, context.Time)).CreateAuthorizer(context);
}

/// <summary>Fetches tokens of one identity.</summary>
internal sealed class GoogleTokens(string name, Func<FoundAccount> find, TokenRequests requests, TimeProvider time) : TokenSource
{
    public override string Identity => name;

    public override ValueTask<FetchedToken> FetchAsync(CancellationToken cancellationToken)
    {
        FoundAccount found = find();
        return found.Account is { } account ? account.FetchAsync(new(requests, time, cancellationToken)) : new(new FetchedToken(null, found.Failure));
    }
}
