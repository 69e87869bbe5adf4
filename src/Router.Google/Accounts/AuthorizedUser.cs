using RouterGen.Infrastructure;

namespace RouterGen.Google.Accounts;

/// <summary>A person who signed in with <c>gcloud auth application-default login</c>: a refresh token is exchanged for tokens.</summary>
/// <param name="clientId">The program that the person signed in with.</param>
/// <param name="clientSecret">Its secret.</param>
/// <param name="refreshToken">The refresh token.</param>
/// <param name="tokenEndpoint">Where it is exchanged.</param>
internal sealed class AuthorizedUser(string clientId, string clientSecret, string refreshToken, Uri tokenEndpoint) : GoogleAccount
{
    public override ValueTask<FetchedToken> FetchAsync(TokenFetch fetch) => fetch.PostFormAsync(
        tokenEndpoint,
        [new("grant_type", "refresh_token"), new("client_id", clientId), new("client_secret", clientSecret), new("refresh_token", refreshToken)]);
}
