using RouterGen.Infrastructure;

namespace RouterGen.Google.Accounts;

/// <summary>
/// The service account of a machine, container or function in Google Cloud, whose tokens the metadata server hands out.
/// https://cloud.google.com/compute/docs/metadata/querying-metadata
/// </summary>
/// <param name="variables">What variables hold: <c>GCE_METADATA_HOST</c> is another server.</param>
internal sealed class MetadataServer(Func<string, string?> variables) : GoogleAccount
{
    private const string HostVariable = "GCE_METADATA_HOST";
    private const string Host = "metadata.google.internal";
    private const string Path = "/computeMetadata/v1/instance/service-accounts/default/token?scopes=";

    public override async ValueTask<FetchedToken> FetchAsync(TokenFetch fetch)
    {
        string host = variables(HostVariable)?.Trim() is { Length: > 0 } stated ? stated : Host;
        if (!Uri.TryCreate("http://" + host + Path + Uri.EscapeDataString(Scope), UriKind.Absolute, out Uri? address)) return new(null, TokenFailures.Refused($"{HostVariable} holds no name of a server."));
        TokenReply reply = await fetch.Requests.GetAsync(address, [new("Metadata-Flavor", "Google")], fetch.Cancellation).ConfigureAwait(false);
        if (reply.Failure is not null) return new(null, NotThere(reply));

        // Anything may answer at that address in a network that is not Google's.
        return reply.IsMetadata || !reply.IsSuccess ? TokenAnswer.Read(reply, fetch.Time) : new(null, TokenFailures.Passing($"{host} answered, but is no metadata server of Google Cloud."));
    }

    private static AttemptFailure NotThere(TokenReply reply) => TokenFailures.Passing(
        "There is no file of credentials, and no metadata server of Google Cloud: set GOOGLE_APPLICATION_CREDENTIALS, or run 'gcloud auth application-default login'.", reply.Failure!.Exception);
}
