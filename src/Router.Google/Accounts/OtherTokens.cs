using RouterGen.Infrastructure;

namespace RouterGen.Google.Accounts;

/// <summary>Tokens that the program itself fetches.</summary>
internal sealed class OtherTokens(Func<CancellationToken, Task<string>> fetch, TimeSpan life) : GoogleAccount
{
    public override async ValueTask<FetchedToken> FetchAsync(TokenFetch asked)
    {
        string token = await fetch(asked.Cancellation).ConfigureAwait(false);
        return string.IsNullOrEmpty(token) ? default : new(new AccessToken(token, asked.Time.GetUtcNow() + life));
    }
}
