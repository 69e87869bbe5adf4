using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the streams of chat models have of their own.</summary>
internal readonly struct ChatStreams : IStreamKind<ChatResponseUpdate>
{
    public static AttemptFailure Empty => ChatAnswers.Empty;

    public static StreamDecoder<ChatResponseUpdate> Start(in AttemptContext context) => ChatAnswers.StartStream(context);

    public static AttemptResult<WholeStream<ChatResponseUpdate>> ReadWhole(in AttemptContext context, HttpResponseMessage response, in ResponseBody body)
    {
        AttemptResult<RoutedResponse> whole = WholeAttempt<ChatAnswers, RoutedResponse>.Read(context, response, body, leftOut: null);
        return new(whole.Value is { } reply ? new(reply.ToChatResponseUpdates(), reply.Usage, reply.Tier) : null, whole.Failure) { Usage = whole.Usage };
    }

    public static bool HasContent(ChatResponseUpdate update) => AnswerContent.HasContent(update);

    public static UsageDetails? UsageOf(ChatResponseUpdate update)
    {
        // By index: an enumerator over the interface would be allocated, for each update.
        for (int i = update.Contents.Count - 1; i >= 0; i--)
        {
            if (update.Contents[i] is UsageContent usage) return usage.Details;
        }

        return null;
    }

    public static ServiceTier? TierOf(ChatResponseUpdate update) => update.AdditionalProperties is { } properties ? ServiceTierNames.AnsweredIn(properties) : null;

    public static void AttachRaw(ChatResponseUpdate update, ReadOnlySpan<byte> data) => update.RawRepresentation = RawAnswer.Parse(data);

    public static PlayedUpdates<ChatResponseUpdate> StartPlaying() => new PlayedStream();

    public static ChatResponseUpdate Last(CallRoute route, ProviderStream<ChatResponseUpdate> stream, PlayedUpdates<ChatResponseUpdate> played, RouteSummary summary)
    {
        var last = new RoutedResponseUpdate(summary) { Role = ChatRole.Assistant, Usage = stream.Usage, Mechanism = MechanismOf(route) };
        if (stream.Update is { } update)
        {
            last.Contents = update.Contents;
            last.FinishReason = update.FinishReason;
            last.ResponseId = update.ResponseId;
            last.MessageId = update.MessageId;
            last.ModelId = update.ModelId;
            last.CreatedAt = update.CreatedAt;
            last.AuthorName = update.AuthorName;
            last.ConversationId = update.ConversationId;
            last.AdditionalProperties = update.AdditionalProperties;
        }
        else if (played.Last is { } before)
        {
            last.ResponseId = before.ResponseId;
            last.MessageId = before.MessageId;
            last.ModelId = before.ModelId;
        }

        if (((ChatRequest)route.Request).TellsRoute) (last.AdditionalProperties ??= [])[RouteText.Property] = RouteText.Write(summary, last.Cost);
        if (stream.Notes is { } notes) (last.AdditionalProperties ??= [])[RoutedResponse.LeftOutProperty] = notes.ToArray();
        return last;
    }

    private static AnswerMechanism? MechanismOf(CallRoute route)
    {
        var request = (ChatRequest)route.Request;
        return (route.Attempt.Credentials.Client is null ? request.WrittenBy(route.Deployment.Definition.Codec) : ClientCall.RequestFor(route.Deployment, request)).Mechanism;
    }
}
