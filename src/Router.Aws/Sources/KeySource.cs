using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>Where keys come from.</summary>
/// <param name="environment">What it reads.</param>
internal abstract class KeySource(AwsEnvironment environment) : TokenSource
{
    /// <summary>Gets what it reads.</summary>
    public AwsEnvironment Environment => environment;

    /// <summary>Gets the time of the servers that the keys are for.</summary>
    public ServerClock Clock { get; } = new();

    /// <summary>Fetches keys.</summary>
    /// <returns>The keys, or why there are none; null where this source is not configured.</returns>
    protected abstract ValueTask<FetchedToken?> FindAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public sealed override async ValueTask<FetchedToken> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            FetchedToken found = await FindAsync(cancellationToken).ConfigureAwait(false) ?? Refused(NotFound);
            return found.Token is AwsKeys { IsValid: false } ? Refused("A key holds a character that no key has.") : found;
        }
        catch (KeySourceException exception)
        {
            return new FetchedToken(null, Failure(exception.Kind, exception.Message));
        }
    }

    /// <summary>Gets what is said where nothing is configured.</summary>
    protected abstract string NotFound { get; }

    private static FetchedToken Refused(string why) => new(null, Failure(FailureKind.AuthenticationFailed, why));

    private static AttemptFailure Failure(FailureKind kind, string why) => new(kind, "No AWS credentials. " + why) { Scope = FailureScope.Key };
}
