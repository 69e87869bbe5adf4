using RouterGen.Infrastructure;

namespace RouterGen.Google.Accounts;

/// <summary>An account that can be asked for tokens. Immutable.</summary>
internal abstract class GoogleAccount
{
    /// <summary>What tokens are for: all that the account may do in Google Cloud.</summary>
    public const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    /// <summary>Fetches a token.</summary>
    public abstract ValueTask<FetchedToken> FetchAsync(TokenFetch fetch);
}

/// <summary>What came of looking for an account: one of the two.</summary>
/// <param name="Account">The account.</param>
/// <param name="Failure">Why there is none.</param>
internal readonly record struct FoundAccount(GoogleAccount? Account, AttemptFailure? Failure = null)
{
    public static FoundAccount None(string why) => new(null, TokenFailures.Refused(why));
}
