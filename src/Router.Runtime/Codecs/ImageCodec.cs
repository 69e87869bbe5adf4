using System.ComponentModel;
using System.Net.Http.Headers;

namespace RouterGen.Infrastructure;

/// <summary>A dialect of image models, specialised for one deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ImageCodec : Codec
{
    private Codec? _edits;

    /// <summary>Gets where requests that change images go, as <see cref="Codec.PathFor"/> says it of others; null where they go there too.</summary>
    public virtual string? EditPath => null;

    /// <inheritdoc/>
    public override StreamFraming Framing => SseFraming.OfImages;

    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(ImageRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer. Whether it holds an image is checked by the caller.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="body">The body, complete.</param>
    /// <param name="images">Takes the images.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(ImageRequest request, ReadOnlySpan<byte> body, ImageResults images);

    /// <summary>Starts to read one stream, which <see cref="Codec.Framing"/> divides into events. A dialect without streams asks for a whole answer.</summary>
    /// <param name="request">What was asked for.</param>
    public virtual StreamDecoder<ImageUpdate> StartStream(ImageRequest request) => new NoImageStream();

    internal sealed override Codec? Elsewhere => EditPath is null ? null : _edits ??= new AtEditPath(this);

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body) => WriteRequest((ImageRequest)request, body);

    /// <summary>The same dialect, for platforms that ask it for its path.</summary>
    private sealed class AtEditPath(ImageCodec codec) : Codec
    {
        public override ModelProfile Profile => codec.Profile;

        public override StreamFraming Framing => codec.Framing;

        public override string PathFor(bool streaming) => codec.EditPath!;

        public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => codec.ReadError(statusCode, body);

        public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => codec.ReadRetryAfter(headers, now);

        internal override AttemptFailure? Write(CallRequest request, RequestWriter body) => codec.Write(request, body);
    }

    private sealed class NoImageStream : StreamDecoder<ImageUpdate>
    {
        public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ImageUpdate? update, out AttemptFailure? failure)
        {
            update = null;
            failure = new AttemptFailure(FailureKind.InvalidResponse, "The answer is a stream of events, which was not asked for.") { Detail = "Stream" };
            return StreamSignal.Failed;
        }
    }
}
