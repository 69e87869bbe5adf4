using RouterGen.Aws;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// What signs requests to Amazon Bedrock where no API key is configured. A project that refers to this package uses <see cref="Default"/>; the
/// others are for deployments that are defined by hand.
/// </summary>
public static class AwsCredentials
{
    /// <summary>
    /// Gets the credentials that the AWS SDKs would find, in this order: environment variables, web identity, shared files (<c>AWS_PROFILE</c>),
    /// the container, the instance's metadata. Variables are looked up as those of all deployments are, also in the application's configuration.
    /// </summary>
    public static CredentialSource Default { get; } = new SigningCredentials(static environment => new DefaultKeys(environment));

    /// <summary>Returns the credentials of a profile in the shared files, whatever variables say.</summary>
    /// <param name="profile">The profile's name, for example <c>default</c>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static CredentialSource FromProfile(string profile)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(profile);
        return new SigningCredentials(environment => new ProfileKeys(environment, profile));
    }

    /// <summary>Returns credentials with keys that the program has from elsewhere. They are used as long as the program runs.</summary>
    /// <param name="accessKeyId">The access key's ID.</param>
    /// <param name="secretAccessKey">The secret access key.</param>
    /// <param name="sessionToken">The session's token, of temporary keys; null for keys without one.</param>
    /// <exception cref="ArgumentException">One of them is empty, or holds a character that no key has.</exception>
    public static CredentialSource FromKeys(string accessKeyId, string secretAccessKey, string? sessionToken = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accessKeyId);
        ArgumentException.ThrowIfNullOrWhiteSpace(secretAccessKey);
        var keys = new AwsKeys(accessKeyId, secretAccessKey, sessionToken, DateTimeOffset.MaxValue) { IsFixed = true };
        if (!keys.IsValid) throw new ArgumentException("A key holds a character that no key has.");
        return new SigningCredentials(environment => new GivenKeys(environment, keys));
    }
}
