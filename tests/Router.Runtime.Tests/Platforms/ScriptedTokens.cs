using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Platforms;

/// <summary>A token source that a test answers: at once with tokens of an hour ("token-1", "token-2" …), or when it is told to.</summary>
internal sealed class ScriptedTokens(TimeProvider time, string identity = "someone") : TokenSource
{
    private int _fetches;

    public override string Identity => identity;

    /// <summary>How often a token was asked for.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    /// <summary>How long tokens live.</summary>
    public TimeSpan Life { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What comes in place of a token at once; null for a token.</summary>
    public Func<int, CancellationToken, ValueTask<FetchedToken>>? Answer { get; set; }

    public override ValueTask<FetchedToken> FetchAsync(CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _fetches);
        return Answer is { } answer ? answer(number, cancellationToken) : new(Token(number));
    }

    public FetchedToken Token(int number) => new(new AccessToken($"token-{number}", time.GetUtcNow() + Life));
}
