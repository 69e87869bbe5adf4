using RouterGen.Infrastructure;

namespace RouterGen.Aws;

/// <summary>What sources of keys read: variables, files, and servers nearby or AWS's own.</summary>
/// <param name="variables">What variables hold.</param>
/// <param name="time">The time.</param>
/// <param name="transport">Makes what sends requests; null for that of the framework.</param>
internal sealed class AwsEnvironment(Func<string, string?> variables, TimeProvider time, Func<HttpMessageHandler>? transport = null)
{
    // On a machine that is no instance of EC2, nothing answers at the address of its metadata.
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NearbyLimit = TimeSpan.FromSeconds(5);

    private const int LargestAnswer = 64 * 1024;

    /// <summary>Gets the time.</summary>
    public TimeProvider Time => time;

    /// <summary>Gets the region that variables name; null where they name none.</summary>
    public string? Region => Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION");

    /// <summary>Returns what a variable holds; null where it holds nothing.</summary>
    public string? Variable(string name) => variables(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>Returns the path of a file in the user's directory of AWS's settings.</summary>
    public string PathOf(params string[] parts) => Path.Combine([Variable("HOME") ?? Variable("USERPROFILE") ?? "", ".aws", .. parts]);

    /// <summary>Returns a file's text; null where there is no such file.</summary>
    public static async ValueTask<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KeySourceException($"The file '{path}' cannot be read: {exception.GetType().Name}.", FailureKind.ConnectionFailed);
        }
    }

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request; it is disposed.</param>
    /// <param name="nearby">Whether the server is on the machine or beside it: then no proxy is asked, and it has a few seconds.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The status and the body.</returns>
    public async ValueTask<(int Status, string Body)> SendAsync(HttpRequestMessage request, bool nearby, CancellationToken cancellationToken)
    {
        using HttpMessageHandler handler = transport?.Invoke() ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !nearby, ConnectTimeout = nearby ? ConnectLimit : NearbyLimit };
        using var limit = new CancellationTokenSource(nearby ? NearbyLimit : TokenCache.FetchLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var client = new HttpClient(handler) { MaxResponseContentBufferSize = LargestAnswer, Timeout = Timeout.InfiniteTimeSpan };
        using (request)
        {
            using HttpResponseMessage response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false));
        }
    }
}
