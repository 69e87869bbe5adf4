using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>A dialect of models that go on with a text, specialised for one deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CompletionCodec : Codec
{
    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(CompletionRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer.</summary>
    /// <param name="body">The body, complete.</param>
    /// <param name="reply">The answer. May be set beside a failure of kind <see cref="FailureKind.ContentFiltered"/>: what the filter let through.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out RoutedCompletion? reply);

    /// <summary>Starts to read one stream, which <see cref="Codec.Framing"/> divides into events.</summary>
    public abstract StreamDecoder<CompletionUpdate> StartStream();

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body) => WriteRequest((CompletionRequest)request, body);
}
