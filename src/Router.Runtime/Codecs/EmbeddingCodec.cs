using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>A dialect of embedding models, specialised for one deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EmbeddingCodec : Codec
{
    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer. How many vectors there are, and of what length, is checked by the caller.</summary>
    /// <param name="body">The body, complete.</param>
    /// <param name="vectors">Takes the vectors, in any order.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors);

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body) => WriteRequest((EmbeddingRequest)request, body);
}
