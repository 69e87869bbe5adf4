using System.Net.Http.Headers;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Makes requests and reads what is no answer. Throws only what cancelled it, and what the transport throws.</summary>
internal static class HttpExchange
{
    private static readonly string UserAgent = "RouterGen/" + typeof(HttpExchange).Assembly.GetName().Version!.ToString(3);

    /// <summary>The transport sent the request, and perhaps its key, to somewhere else.</summary>
    public static readonly AttemptFailure Redirected = new(
        FailureKind.Redirected, "The transport followed a redirect to another host, perhaps with the key: set AllowAutoRedirect = false on its handler.")
    {
        Detail = "FollowedByTransport",
    };

    /// <summary>Makes a request, which has yet to be authorised.</summary>
    /// <param name="address">Where it goes.</param>
    /// <param name="own">The headers of the deployment's own.</param>
    /// <param name="further">Headers that this request needs besides; null where it needs none. A value that the deployment sends too is added to its own.</param>
    /// <param name="content">The body, which stays in the writer that it was made of.</param>
    public static HttpRequestMessage CreateRequest(Uri address, KeyValuePair<string, string>[] own, List<KeyValuePair<string, string>>? further, RequestContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        HttpRequestHeaders headers = request.Headers;
        foreach (KeyValuePair<string, string> header in own) headers.TryAddWithoutValidation(header.Key, header.Value);
        headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (further is null) return request;
        foreach (KeyValuePair<string, string> header in further)
        {
            // A request has one version, and the one that was asked for; lists, such as of betas, are joined.
            if (header.Key.EndsWith("-version", StringComparison.OrdinalIgnoreCase)) headers.Remove(header.Key);
            headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return request;
    }

    /// <summary>Reads an answer whose status is not a success.</summary>
    public static async ValueTask<AttemptFailure> ReadRefusalAsync(
        HttpResponseMessage response, Codec codec, RouterClock clock, bool async, CancellationToken caller, CancellationToken cancellationToken)
    {
        AttemptFailure failure;
        try
        {
            using ResponseBody body = await ResponseBody.ReadAsync(response.Content, ResponseBody.LargestError, async, stopsAt: null, cancellationToken).ConfigureAwait(false);
            failure = codec.ReadError((int)response.StatusCode, body.Span);
        }
        catch (Exception) when (!caller.IsCancellationRequested)
        {
            // The status and the headers have arrived and say enough.
            failure = codec.ReadError((int)response.StatusCode, []);
        }

        DateTimeOffset now = clock.Provider.GetUtcNow();
        TimeSpan? retryAfter = RetryAfter.Read(response.Headers, now);
        if (retryAfter is null && failure.Kind is FailureKind.RateLimited) retryAfter = codec.ReadRetryAfter(response.Headers, now);
        return failure with { RetryAfter = retryAfter ?? failure.RetryAfter };
    }

    /// <summary>Whether the body is a page for people: a proxy's or portal's, not a model's answer.</summary>
    public static bool IsHtml(HttpResponseMessage response) => MediaTypeIs(response, "text/html");

    /// <summary>Whether the body is one JSON document where a stream of events was asked for.</summary>
    public static bool IsJson(HttpResponseMessage response) => MediaTypeIs(response, "application/json");

    private static bool MediaTypeIs(HttpResponseMessage response, string mediaType)
    {
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values)) return false;
        return values.ToString().AsSpan().TrimStart().StartsWith(mediaType, StringComparison.OrdinalIgnoreCase);
    }
}
