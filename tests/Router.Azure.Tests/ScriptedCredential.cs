using Azure.Core;

namespace RouterGen.Azure.Tests;

/// <summary>An identity that a test answers for: with tokens of an hour ("token-1", "token-2" …), or as it is told.</summary>
internal sealed class ScriptedCredential(TimeProvider time) : TokenCredential
{
    private int _fetches;

    /// <summary>How often a token was asked for.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    /// <summary>What tokens were asked for.</summary>
    public List<string> Scopes { get; } = [];

    /// <summary>What comes in place of a token at once; null for a token.</summary>
    public Func<CancellationToken, ValueTask<AccessToken>>? Answer { get; set; }

    public AccessToken Next() => new($"token-{Volatile.Read(ref _fetches)}", time.GetUtcNow() + TimeSpan.FromHours(1));

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("Tokens are fetched without blocking a thread.");

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _fetches);
        lock (Scopes) Scopes.AddRange(requestContext.Scopes);
        return Answer is { } answer ? answer(cancellationToken) : new(Next());
    }
}
