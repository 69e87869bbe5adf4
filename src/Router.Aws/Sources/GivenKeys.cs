using System.Globalization;
using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>Keys that the program gave.</summary>
internal sealed class GivenKeys(AwsEnvironment environment, AwsKeys keys) : KeySource(environment)
{
    /// <inheritdoc/>
    public override string Identity => string.Create(CultureInfo.InvariantCulture, $"aws keys {keys.Value} {keys.SecretAccessKey} {keys.SessionToken}");

    /// <inheritdoc/>
    protected override string NotFound => "";

    /// <inheritdoc/>
    protected override ValueTask<FetchedToken?> FindAsync(CancellationToken cancellationToken) => new(new FetchedToken(keys));
}
