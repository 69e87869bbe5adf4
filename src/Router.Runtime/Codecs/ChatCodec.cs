using System.ComponentModel;
using System.Net.Http.Headers;

namespace RouterGen.Infrastructure;

/// <summary>
/// A dialect, specialised for one deployment: how a request is written and what an answer means. Stateless and
/// thread-safe. It knows nothing of keys, hosts, retries or time.
/// </summary>
/// <remarks>
/// Failures are returned, not thrown. Whatever bytes a provider sends, a codec neither throws nor makes an answer up:
/// what it cannot read is <see cref="FailureKind.InvalidResponse"/>; unknown members and event types are skipped.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChatCodec
{
    /// <summary>The path that is appended to the endpoint, for example <c>/chat/completions</c>.</summary>
    public abstract string Path { get; }

    /// <summary>Gets the model, and what it takes.</summary>
    public virtual ModelProfile Profile => ModelProfile.Unknown;

    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(in ChatRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer.</summary>
    /// <param name="request">What was asked for; it tells, for example, the tools' own names.</param>
    /// <param name="body">The body, complete.</param>
    /// <param name="reply">The answer. May be set beside a failure of kind <see cref="FailureKind.ContentFiltered"/>: what the filter let through.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(in ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply);

    /// <summary>Starts to read one stream of server-sent events.</summary>
    /// <param name="request">What was asked for.</param>
    public abstract ChatStreamDecoder StartStream(in ChatRequest request);

    /// <summary>Reads the body of an answer whose status is not 2xx. The body may be anything, also empty or HTML.</summary>
    public abstract AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body);

    /// <summary>
    /// How long to wait according to this dialect's own rate-limit headers, consulted after a 429 without <c>Retry-After</c>.
    /// </summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="now">The time, for headers that name an instant.</param>
    public virtual TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => null;

    /// <summary>What is left of the provider's rate limits, from the headers of any answer. Rubbish is ignored. Allocates nothing.</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="now">The time, for headers that name an instant.</param>
    public virtual RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => default;
}
