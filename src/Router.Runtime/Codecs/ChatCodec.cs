using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>A dialect of chat models, specialised for one deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChatCodec : Codec
{
    /// <summary>Gets how the provider counts the tokens of a request; null where its API does not. Not asked for by calls that answer.</summary>
    public virtual TokenCountCodec? Counter => null;

    /// <summary>Gets the dialect in which a gateway's client may speak to it without being read; null where there is none.</summary>
    public virtual Dialect? Passes => null;

    /// <summary>Writes a request in the dialect that it <see cref="Passes"/>: the client's members as they are, but for what depends on the deployment.</summary>
    /// <param name="request">The request as the client wrote it.</param>
    /// <param name="streaming">Whether the answer is to be streamed.</param>
    /// <param name="body">Where it is written to.</param>
    /// <returns>Null, or why this model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public virtual AttemptFailure? PassRequest(PassedMembers request, bool streaming, RequestWriter body) => throw new NotSupportedException("The codec passes nothing.");

    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer.</summary>
    /// <param name="request">What was asked for; it tells, for example, the tools' own names.</param>
    /// <param name="body">The body, complete.</param>
    /// <param name="reply">The answer. May be set beside a failure of kind <see cref="FailureKind.ContentFiltered"/>: what the filter let through.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public abstract AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply);

    /// <summary>Starts to read one stream, which <see cref="Codec.Framing"/> divides into events.</summary>
    /// <param name="request">What was asked for.</param>
    public abstract ChatStreamDecoder StartStream(ChatRequest request);

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body)
    {
        var chat = (ChatRequest)request;
        if (chat is IPassedRequest passed) return passed.WriteBy(this, body);
        return chat.Answer is null ? WriteRequest(chat, body) : WriteStructured(chat, body);
    }

    /// <summary>
    /// Writes a request for a structured answer by the first mechanism that the dialect and the model can carry. The codec itself decides, because
    /// that depends on the rest of the request too: some models take no schema beside tools, some take no schema that refers to itself.
    /// </summary>
    private AttemptFailure? WriteStructured(ChatRequest request, RequestWriter body)
    {
        if (request.ChosenFor(this) is { } chosen) return WriteRequest(request.By(chosen), body);
        AttemptFailure? first = null;
        for (AnswerMechanism mechanism = AnswerMechanism.JsonSchema; mechanism <= AnswerMechanism.Instruction; mechanism++)
        {
            AttemptFailure? failure = WriteRequest(request.By(mechanism), body);
            if (failure is null) request.Choose(this, mechanism);
            if (failure is null || failure.Kind is not FailureKind.Unsupported) return failure;
            first ??= failure;
            body.Clear();
        }

        return first;
    }
}
