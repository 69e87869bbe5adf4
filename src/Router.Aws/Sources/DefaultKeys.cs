using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>The keys that the AWS SDKs would find: of the places where there can be some, the first that is configured.</summary>
internal sealed class DefaultKeys(AwsEnvironment environment) : KeySource(environment)
{
    // What is configured decides whose keys these are: deployments with the same share them.
    private static readonly string[] Variables =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_EC2_METADATA_DISABLED",
    ];

    /// <inheritdoc/>
    public override string Identity { get; } = "aws " + string.Join(' ', Variables.Select(environment.Variable));

    /// <inheritdoc/>
    protected override string NotFound =>
        "There are none in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the shared files, of a web identity, of the container, or of the instance; an API key would be in AWS_BEARER_TOKEN_BEDROCK.";

    /// <inheritdoc/>
    protected override async ValueTask<FetchedToken?> FindAsync(CancellationToken cancellationToken) =>
        VariableKeys.Find(Environment) is { } stated ? new FetchedToken(stated)
        : await WebIdentity.FindAsync(Environment, cancellationToken).ConfigureAwait(false)
        ?? await new ProfileReader(Environment, Clock).FindAsync(Environment.Variable("AWS_PROFILE"), cancellationToken).ConfigureAwait(false)
        ?? await ContainerKeys.FindAsync(Environment, cancellationToken).ConfigureAwait(false)
        ?? await InstanceKeys.FindAsync(Environment, cancellationToken).ConfigureAwait(false);
}
