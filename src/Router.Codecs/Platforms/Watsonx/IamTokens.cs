using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Exchanges a key of IBM Cloud for tokens, which last for an hour. https://cloud.ibm.com/apidocs/iam-identity-token-api</summary>
/// <param name="key">The key.</param>
/// <param name="address">Where it is exchanged.</param>
/// <param name="time">The time.</param>
[Embedded]
internal sealed class IamTokens(string key, string address, TimeProvider time) : TokenSource
{
    private const string Grant = "urn:ibm:params:oauth:grant-type:apikey";
    private const int LargestAnswer = 1 << 20;

    // Holds connections, and nothing of a key. A fetch has a limit of its own, on the router's time.
    private static readonly HttpClient Network = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <inheritdoc/>
    public override string Identity => "watsonx " + address + " " + key;

    /// <inheritdoc/>
    public override async ValueTask<FetchedToken> FetchAsync(CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || !IsSafe(uri)) return new(null, IamAnswer.Refused("WATSONX_IAM_URL must be an absolute https URL."));
        using var form = new FormUrlEncodedContent([new KeyValuePair<string, string>("grant_type", Grant), new KeyValuePair<string, string>("apikey", key)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = form };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        using HttpResponseMessage response = await Network.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return IamAnswer.Read(uri.Host, (int)response.StatusCode, body, time.GetUtcNow());
    }

    // A key leaves over TLS, or stays within this machine.
    private static bool IsSafe(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
}
