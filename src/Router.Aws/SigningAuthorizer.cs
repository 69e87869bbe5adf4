using System.Net.Http.Headers;
using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>Signs the requests of one deployment.</summary>
/// <param name="tokens">The keys, which all deployments of their identity share.</param>
/// <param name="usualRegion">The region where the address names none; null where variables name none either.</param>
internal sealed class SigningAuthorizer(TokenCache tokens, string? usualRegion) : Authorizer
{
    private const string Service = "bedrock";
    private const string Host = "bedrock-runtime";
    private const string LastResort = "us-east-1";
    private const string ErrorHeader = "x-amzn-ErrorType";

    // What is said of keys that are no longer good, and for which there may be newer ones.
    private static readonly string[] Outdated = ["ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException"];

    private readonly KeySource _source = (KeySource)tokens.Source;
    private SigningKey? _key;
    private string? _region;

    /// <inheritdoc/>
    public override string Identity => _source.Identity;

    /// <inheritdoc/>
    public override IReadOnlyList<string> SecretTexts => tokens.SecretTexts;

    /// <inheritdoc/>
    public override ValueTask<AttemptFailure?> AuthorizeAsync(RequestToAuthorize request)
    {
        if (tokens.Usable is not AwsKeys keys) return FetchAsync(request);
        Sign(request, keys);
        return default;
    }

    /// <summary>
    /// A clock that is wrong is known by the time that the answer states; keys that are no longer good, by the header with the error's type. A
    /// lack of permission is neither.
    /// </summary>
    public override bool TryRenew(HttpRequestMessage refused, HttpResponseMessage refusal)
    {
        if (refusal.Headers.Date is { } stated && _source.Clock.Correct(stated, _source.Environment.Time)) return true;
        if (Volatile.Read(ref _key) is not { Keys.IsFixed: false }) return false;
        if (!refusal.Headers.NonValidated.TryGetValues(ErrorHeader, out HeaderStringValues types)) return false;
        string type = types.ToString().Split(':')[0];
        if (!Outdated.Contains(type, StringComparer.OrdinalIgnoreCase) || RequestSigner.AccessKeyOf(refused) is not { } id) return false;
        tokens.Discard(id);
        return true;
    }

    private async ValueTask<AttemptFailure?> FetchAsync(RequestToAuthorize request)
    {
        FetchedToken fetched = await tokens.FetchAsync(request.IsAsync, request.Cancellation).ConfigureAwait(false);
        if (fetched.Token is not AwsKeys keys) return fetched.Failure;
        Sign(request, keys);
        return null;
    }

    private void Sign(in RequestToAuthorize request, AwsKeys keys)
    {
        DateTimeOffset now = _source.Clock.Now(request.Time);
        SigningKey? key = Volatile.Read(ref _key);
        if (key is null || !key.IsFor(keys, now))
        {
            _region ??= RegionOf(request.Message.RequestUri!.Host) ?? usualRegion ?? LastResort;
            key = new SigningKey(keys, _region, Service, now);
            Volatile.Write(ref _key, key);
        }

        RequestSigner.Sign(request.Message, request.Body.Span, key, now);
    }

    /// <summary>The part behind the service's name: <c>bedrock-runtime.us-east-1.amazonaws.com</c>, <c>vpce-….bedrock-runtime.us-east-1.vpce.amazonaws.com</c>.</summary>
    private static string? RegionOf(string host)
    {
        string[] parts = host.Split('.');
        int service = Array.FindIndex(parts, static part => part is Host or Host + "-fips");
        return service >= 0 && service + 2 < parts.Length ? parts[service + 1] : null;
    }
}
