using System.ComponentModel;
using System.Net.Http.Headers;

namespace RouterGen.Infrastructure;

/// <summary>
/// What dialects of all kinds of calls have in common: how a request is written, and what an answer says that is no success.
/// Specialised for one deployment, stateless and thread-safe. It knows nothing of keys, hosts, retries or time.
/// </summary>
/// <remarks>
/// Failures are returned, not thrown. Whatever bytes a provider sends, a codec neither throws nor makes an answer up:
/// what it cannot read is <see cref="FailureKind.InvalidResponse"/>; unknown members and event types are skipped.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Codec
{
    private protected Codec()
    {
    }

    /// <summary>
    /// Returns where requests go, relative to the endpoint, for example <c>/chat/completions</c>. It may name the model, and have a query. A
    /// <see cref="Platform"/> may send the dialect elsewhere.
    /// </summary>
    /// <param name="streaming">Whether the answer is to be streamed.</param>
    public abstract string PathFor(bool streaming);

    /// <summary>Gets how a streamed answer is divided into events.</summary>
    public virtual StreamFraming Framing => SseFraming.Instance;

    /// <summary>Gets the model, and what it takes.</summary>
    public virtual ModelProfile Profile => ModelProfile.Unknown;

    /// <summary>Reads the body of an answer whose status is not 2xx. The body may be anything, also empty or HTML.</summary>
    public abstract AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body);

    /// <summary>
    /// Returns how long to wait according to this dialect's own rate-limit headers, consulted after a 429 without <c>Retry-After</c>.
    /// </summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="now">The time, for headers that name an instant.</param>
    public virtual TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => null;

    /// <summary>Returns what is left of the provider's rate limits, from the headers of any answer. Headers that cannot be read are ignored. Allocates nothing.</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="now">The time, for headers that name an instant.</param>
    public virtual RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => default;

    /// <summary>Gets the dialect as it is at the other path that some of its requests go to; null where all go to one.</summary>
    internal virtual Codec? Elsewhere => null;

    /// <summary>Writes the body of a request of the codec's kind.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    internal abstract AttemptFailure? Write(CallRequest request, RequestWriter body);
}
