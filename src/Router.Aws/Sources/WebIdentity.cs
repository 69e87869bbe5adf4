using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>The keys of a role that is assumed with a token in a file, as Kubernetes writes it (IAM roles for service accounts).</summary>
internal static class WebIdentity
{
    /// <summary>Fetches them; null where the variables are not set.</summary>
    public static async ValueTask<FetchedToken?> FindAsync(AwsEnvironment environment, CancellationToken cancellationToken) =>
        environment.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is { } file && environment.Variable("AWS_ROLE_ARN") is { } role
            ? await FetchAsync(environment, file, role, environment.Variable("AWS_ROLE_SESSION_NAME"), environment.Region, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Fetches keys of a role.</summary>
    public static async ValueTask<FetchedToken> FetchAsync(AwsEnvironment environment, string file, string role, string? session, string? region, CancellationToken cancellationToken)
    {
        string? token = (await AwsEnvironment.ReadAsync(file, cancellationToken).ConfigureAwait(false))?.Trim();
        if (string.IsNullOrEmpty(token)) throw new KeySourceException($"The file '{file}' with the token of the web identity is not there, or empty.");
        return new FetchedToken(await SecurityTokens.AssumeAsync(
            environment, region, signer: null, new(), [("Action", "AssumeRoleWithWebIdentity"), ("RoleArn", role), ("RoleSessionName", session ?? SecurityTokens.UsualSession), ("WebIdentityToken", token)], cancellationToken).ConfigureAwait(false));
    }
}
