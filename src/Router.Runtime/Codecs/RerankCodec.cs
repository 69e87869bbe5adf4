using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>A dialect of models that rank documents, specialised for one deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RerankCodec : Codec
{
    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(RerankRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer. Whether the scores are those of the documents is checked by the caller.</summary>
    /// <param name="body">The body, complete.</param>
    /// <param name="scores">Takes the scores, in any order.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(ReadOnlySpan<byte> body, RankedScores scores);

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body) => WriteRequest((RerankRequest)request, body);
}
