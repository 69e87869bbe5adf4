using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of chat models.</summary>
internal readonly struct ChatAnswers : IAnswerReader<RoutedResponse>
{
    /// <summary>The failure of an answer that is complete and holds nothing.</summary>
    public static readonly AttemptFailure Empty = new(FailureKind.EmptyResponse, "The answer holds nothing: no text, call, thought, media or refusal.");

    private static readonly ChatRequest Unread = new([], null, isStreaming: false);

    private static readonly ChatRequest UnreadStream = new([], null, isStreaming: true);

    /// <summary>Gets that some servers stream whatever they are asked for.</summary>
    public static bool ReadsEvents => true;

    public static AttemptResult<RoutedResponse> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        ChatRequest request = RequestOf(context);
        AttemptFailure? failure = CodecOf(context).ReadReply(request, body, out RoutedResponse? reply);
        if (failure?.Kind is FailureKind.InvalidResponse && ReadAsEvents(context, body) is { Value: not null } read) return read;
        reply?.Mechanism = request.Mechanism;
        if (reply is not null && context.KeepsRaw) reply.Messages[0].RawRepresentation = RawAnswer.Parse(body);
        return new(reply, failure) { Usage = reply?.Usage ?? failure?.Usage };
    }

    public static async ValueTask<AttemptResult<RoutedResponse>> ReadEventsAsync(AttemptContext context, ResponseBody body, bool async)
    {
        using var stream = new EventStream<ChatStreams, ChatResponseUpdate>(null, body.RestOfEvents!, body.Span, context.Framing, StartStream(context));
        return await ReadToEndAsync(context, stream, async).ConfigureAwait(false);
    }

    public static RoutedResponse Complete(in AttemptContext context, RoutedResponse answer)
    {
        answer.Mechanism = RequestOf(context).Mechanism;
        return answer;
    }

    public static void Annotate(RoutedResponse answer, List<string> leftOut) =>
        (answer.AdditionalProperties ??= [])[RoutedResponse.LeftOutProperty] = leftOut.ToArray();

    public static AttemptFailure? WhyEmpty(RoutedResponse answer) => answer.HasContent ? null : Empty;

    /// <summary>Starts to read the stream that an attempt opens.</summary>
    public static ChatStreamDecoder StartStream(in AttemptContext context) => CodecOf(context).StartStream(RequestOf(context));

    /// <summary>Reads a whole body as events: as lines of JSON, or as one object that only streams send.</summary>
    /// <returns>The default where it is none.</returns>
    private static AttemptResult<RoutedResponse> ReadAsEvents(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        using var stream = new EventStream<ChatStreams, ChatResponseUpdate>(null, Stream.Null, body, context.Framing, StartStream(context));
        ValueTask<AttemptResult<RoutedResponse>> read = ReadToEndAsync(context, stream, async: false);
        AttemptResult<RoutedResponse> result = read.GetAwaiter().GetResult(); // nothing to wait for
        return result.Value is null ? default : result;
    }

    private static async ValueTask<AttemptResult<RoutedResponse>> ReadToEndAsync(AttemptContext context, ProviderStream<ChatResponseUpdate> stream, bool async)
    {
        List<ChatResponseUpdate> updates = [];
        StreamSignal signal;
        do
        {
            signal = await stream.ReadAsync(context.Clock, idle: null, async).ConfigureAwait(false);
            if (signal is not StreamSignal.Failed && stream.Update is { } update) updates.Add(update);
        }
        while (signal is StreamSignal.Update);

        context.Clock.Disarm();
        if (signal is StreamSignal.Failed) return new(null, stream.Failure) { Usage = stream.Usage };
        RoutedResponse reply = RoutedResponse.Of(updates.ToChatResponse());
        reply.Mechanism = RequestOf(context).Mechanism;
        return new(reply, reply.FinishReason == ChatFinishReason.ContentFilter ? new AttemptFailure(FailureKind.ContentFiltered, "The provider's content filter withheld the rest of the answer.") : null) { Usage = reply.Usage };
    }

    private static ChatCodec CodecOf(in AttemptContext context) => (ChatCodec)context.Deployment.Definition.Codec;

    /// <summary>Returns the request that an attempt has sent; one that says nothing where it was passed on unread.</summary>
    public static ChatRequest RequestOf(in AttemptContext context)
    {
        var request = (ChatRequest)context.Request;
        if (request is IPassedRequest passed && passed.PassesTo(CodecOf(context))) return request.IsStreaming ? UnreadStream : Unread;
        return request.WrittenBy(context.Deployment.Definition.Codec);
    }
}
