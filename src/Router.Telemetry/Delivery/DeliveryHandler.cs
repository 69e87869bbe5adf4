using System.Net;

namespace RouterGen;

/// <summary>
/// Sends a batch: adds headers, tries again what may succeed later (429, 502, 503, 504 and failures of the connection, as OTLP demands it), and gives up after a time.
/// https://opentelemetry.io/docs/specs/otlp/#failures-1
/// </summary>
/// <param name="inner">What sends.</param>
/// <param name="headers">Headers of each request.</param>
/// <param name="timeout">How long all tries may take together.</param>
/// <param name="time">The time of pauses.</param>
/// <param name="state">What learns how it went.</param>
internal sealed class DeliveryHandler(HttpMessageHandler inner, IReadOnlyDictionary<string, string> headers, TimeSpan timeout, TimeProvider time, DeliveryState state) : DelegatingHandler(inner)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Returns a handler as sinks make for themselves: a key goes to its own origin only, and nothing of it is traced.</summary>
    public static SocketsHttpHandler CreateInner() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), ActivityHeadersPropagator = null };

    // The exporters of OpenTelemetry send synchronously, on a thread of their own.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => SendAsync(request, isAsync: false, cancellationToken).GetAwaiter().GetResult();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => SendAsync(request, isAsync: true, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool isAsync, CancellationToken cancellationToken)
    {
        foreach ((string name, string value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        long start = time.GetTimestamp();
        using var expiry = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        for (int tries = 1; ; tries++)
        {
            HttpResponseMessage? response = null;
            HttpRequestException? failure = null;
            try
            {
                response = isAsync ? await base.SendAsync(request, either.Token).ConfigureAwait(false) : base.Send(request, either.Token);
            }
            catch (HttpRequestException exception)
            {
                failure = exception;
            }
            catch (OperationCanceledException) when (expiry.IsCancellationRequested)
            {
                state.Failed($"no answer from {Describe(request)} within {timeout.TotalSeconds:0.#} s");
                throw;
            }

            if (response is { IsSuccessStatusCode: true })
            {
                state.Succeeded();
                return response;
            }

            state.Failed(response is null ? $"no connection to {Describe(request)}: {failure!.HttpRequestError}" : $"{Describe(request)} answered {(int)response.StatusCode}{Advice(response.StatusCode)}");
            TimeSpan pause = PauseBefore(response, tries);
            if ((response is not null && !MayBeTriedAgain(response.StatusCode)) || pause > timeout - time.GetElapsedTime(start))
            {
                return response ?? throw failure!;
            }

            response?.Dispose();
            Task wait = Task.Delay(pause, time, either.Token);
            if (isAsync) await wait.ConfigureAwait(false);
            else wait.GetAwaiter().GetResult();
        }
    }

    private static bool MayBeTriedAgain(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>What the server asked for, else half a second, doubling, up to 5 s, and up to a quarter more so that many processes do not come back at once.</summary>
    private TimeSpan PauseBefore(HttpResponseMessage? response, int tries)
    {
        if (response?.Headers.RetryAfter is { } after)
        {
            if (after.Delta is { } delta) return delta;
            if (after.Date is { } date && date - time.GetUtcNow() is var left) return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        TimeSpan pause = TimeSpan.FromMilliseconds(500 * Math.Pow(2, Math.Min(tries - 1, 8)));
        return (pause < LongestPause ? pause : LongestPause) * (1 + ((time.GetTimestamp() & 0xFF) / 1024.0));
    }

    // Neither user and password of an address nor its query, which may be a key.
    private static string Describe(HttpRequestMessage request) => request.RequestUri is { } uri ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "";

    private static string Advice(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => " (check the keys)",
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or (>= HttpStatusCode.MovedPermanently and < HttpStatusCode.BadRequest) => " (check the address)",
        HttpStatusCode.UnsupportedMediaType => " (check the protocol)",
        _ => "",
    };
}
