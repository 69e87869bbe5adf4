using System.Net.Http.Headers;

namespace RouterGen.Google;

/// <summary>Sends requests to what issues tokens, and reads what it answers.</summary>
/// <param name="internet">For servers on the internet.</param>
/// <param name="local">For the metadata server, which no proxy reaches.</param>
internal sealed class TokenRequests(HttpMessageHandler internet, HttpMessageHandler local)
{
    private const long LargestAnswer = 1 << 20;

    private readonly HttpClient _internet = Client(internet);
    private readonly HttpClient _local = Client(local);

    /// <summary>Gets the one that uses the network. It holds connections, and nothing of an identity.</summary>
    public static TokenRequests Network { get; } = new(Handler(useProxy: true), Handler(useProxy: false));

    /// <summary>Returns whether a secret may be sent to an address: over TLS, or within this machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Sends a form, and returns what is answered.</summary>
    public async ValueTask<TokenReply> PostFormAsync(Uri address, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        return await SendAsync(_internet, request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a JSON text with a token, and returns what is answered.</summary>
    public async ValueTask<TokenReply> PostJsonAsync(Uri address, ReadOnlyMemory<byte> json, string token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await SendAsync(_internet, request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Gets what a server on this machine or beside it has.</summary>
    public async ValueTask<TokenReply> GetAsync(Uri address, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (KeyValuePair<string, string> header in headers) request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return await SendAsync(_local, request, cancellation).ConfigureAwait(false);
    }

    private static async ValueTask<TokenReply> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            bool isMetadata = response.Headers.NonValidated.TryGetValues("Metadata-Flavor", out HeaderStringValues flavor) && flavor.ToString() == "Google";
            return new TokenReply(request.RequestUri!, response.StatusCode, body, isMetadata);
        }
        catch (HttpRequestException exception)
        {
            return new TokenReply(request.RequestUri!, default, [], false) { Failure = TokenFailures.Passing($"{request.RequestUri!.Host} did not answer: {exception.Message}", exception) };
        }
    }

    private static SocketsHttpHandler Handler(bool useProxy) => new() { UseProxy = useProxy, AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };

    // A fetch has a limit of its own, on the router's time.
    private static HttpClient Client(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
}
