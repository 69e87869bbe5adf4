using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>A dialect of moderation models, specialised for one deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModerationCodec : Codec
{
    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(ModerationRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer. Whether each input has its judgement is checked by the caller.</summary>
    /// <param name="body">The body, complete.</param>
    /// <param name="judgements">Takes the judgements, in the order of the inputs.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(ReadOnlySpan<byte> body, ModerationJudgements judgements);

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body) => WriteRequest((ModerationRequest)request, body);
}
