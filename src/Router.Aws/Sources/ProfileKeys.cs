using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>The keys of one profile.</summary>
internal sealed class ProfileKeys(AwsEnvironment environment, string profile) : KeySource(environment)
{
    /// <inheritdoc/>
    public override string Identity => $"aws profile {profile} {Environment.Variable("AWS_CONFIG_FILE")} {Environment.Variable("AWS_SHARED_CREDENTIALS_FILE")}";

    /// <inheritdoc/>
    protected override string NotFound => $"The profile '{profile}' is not in the shared files, or has none.";

    /// <inheritdoc/>
    protected override ValueTask<FetchedToken?> FindAsync(CancellationToken cancellationToken) => new ProfileReader(Environment, Clock).FindAsync(profile, cancellationToken);
}
