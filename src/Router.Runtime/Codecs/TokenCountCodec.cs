using System.ComponentModel;
using System.Net.Http.Headers;

namespace RouterGen.Infrastructure;

/// <summary>
/// How a provider counts the tokens of a chat's request: at an address of its own, with what the chat dialect writes. Errors mean what they mean in
/// the chat dialect.
/// </summary>
/// <param name="chat">The chat dialect of the deployment.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TokenCountCodec(ChatCodec chat) : Codec
{
    /// <summary>Gets the model, and what it takes.</summary>
    public sealed override ModelProfile Profile => chat.Profile;

    /// <summary>Reads the body of an answer whose status is not 2xx.</summary>
    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => chat.ReadError(statusCode, body);

    /// <summary>Returns how long to wait according to the dialect's own rate-limit headers.</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="now">The time, for headers that name an instant.</param>
    public sealed override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => chat.ReadRetryAfter(headers, now);

    /// <summary>Reads the whole body of a successful (2xx) answer.</summary>
    /// <param name="body">The body, complete.</param>
    /// <param name="tokens">The tokens of the request.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out long tokens);

    /// <summary>Makes what is sent out of the chat's request.</summary>
    /// <param name="body">The chat's request, complete; what is sent takes its place.</param>
    protected abstract void Convert(RequestWriter body);

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body)
    {
        AttemptFailure? failure = chat.Write(request, body);
        if (failure is null) Convert(body);
        return failure;
    }
}
