using RouterGen.Google;
using RouterGen.Google.Accounts;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// Identities of Google Cloud, with which calls to Vertex AI are authorised. The generator uses <see cref="Default"/> by itself once this package
/// is referenced.
/// </summary>
public static class GoogleCredentials
{
    /// <summary>
    /// Gets Application Default Credentials: of the file that the variable <c>GOOGLE_APPLICATION_CREDENTIALS</c> names, else of the one that
    /// <c>gcloud auth application-default login</c> has left, else of the metadata server of Google Cloud.
    /// </summary>
    public static CredentialSource Default { get; } = new GoogleCredentialSource("google", static variables => DefaultAccount.Find(variables));

    /// <summary>Returns the identity that a file of credentials holds. It is read when a token is fetched, and again for each further one.</summary>
    /// <param name="path">The file: that of a service account, or any other that Application Default Credentials can be.</param>
    public static CredentialSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new GoogleCredentialSource("google file\n" + path, _ => AccountFile.Read(path, "The file"));
    }

    /// <summary>Returns the identity that the text of a file of credentials holds, for example one out of a secret store.</summary>
    /// <param name="json">The text.</param>
    public static CredentialSource FromJson(string json)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(json);
        return new GoogleCredentialSource("google json\n" + json, _ => AccountFile.Parse(json, "The text"));
    }

    /// <summary>Returns the service account of the machine, container or function in Google Cloud that the program runs on.</summary>
    public static CredentialSource FromMetadataServer() => new GoogleCredentialSource("google metadata", static variables => new(new MetadataServer(variables)));

    /// <summary>
    /// Returns an identity whose tokens come from elsewhere, for example from a <c>GoogleCredential</c> of the package Google.Apis.Auth where
    /// the file asks for what this package does not do itself.
    /// </summary>
    /// <param name="name">What tells this identity from others.</param>
    /// <param name="fetch">Fetches a token for the scope <c>https://www.googleapis.com/auth/cloud-platform</c>. What it throws is a failure of the key.</param>
    /// <param name="life">For how long a token is used before the next one is fetched; null for five minutes.</param>
    public static CredentialSource FromTokens(string name, Func<CancellationToken, Task<string>> fetch, TimeSpan? life = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(fetch);
        if (life is { } stated) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(stated, TimeSpan.Zero, nameof(life));
        var account = new OtherTokens(fetch, life ?? TimeSpan.FromMinutes(5));
        return new GoogleCredentialSource("google tokens\n" + name, _ => new(account));
    }
}
