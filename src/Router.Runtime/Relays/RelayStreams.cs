using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the streams of chat models have of their own that go to a gateway's client.</summary>
internal readonly struct RelayStreams : IStreamKind<RelayedUpdate>
{
    public static AttemptFailure Empty => ChatAnswers.Empty;

    public static StreamDecoder<RelayedUpdate> Start(in AttemptContext context)
    {
        var request = (RelayedChatRequest)context.Request;
        ChatStreamDecoder decoder = ChatAnswers.StartStream(context);
        return request.PassesTo((ChatCodec)context.Codec) ? new PassedDecoder(context.Deployment, request.Source, decoder) : new WrittenDecoder(decoder, RelayWriter.Start(context));
    }

    public static AttemptResult<WholeStream<RelayedUpdate>> ReadWhole(in AttemptContext context, HttpResponseMessage response, in ResponseBody body)
    {
        AttemptResult<WholeStream<ChatResponseUpdate>> whole = ChatStreams.ReadWhole(context, response, body);
        if (whole.Value is not { } read) return new(null, whole.Failure) { Usage = whole.Usage };
        return new(new(RelayWriter.Start(context).WriteAll(read.Updates, read.Usage), read.Usage, read.Tier), whole.Failure) { Usage = whole.Usage };
    }

    public static bool HasContent(RelayedUpdate update) => update.HasContent;

    public static UsageDetails? UsageOf(RelayedUpdate update) => update.Read is { } read ? ChatStreams.UsageOf(read) : null;

    public static ServiceTier? TierOf(RelayedUpdate update) => update.Read is { } read ? ChatStreams.TierOf(read) : null;

    // The events are there as they came.
    public static void AttachRaw(RelayedUpdate update, ReadOnlySpan<byte> data)
    {
    }

    public static PlayedUpdates<RelayedUpdate> StartPlaying() => new PlayedRelay();

    public static RelayedUpdate Last(CallRoute route, ProviderStream<RelayedUpdate> stream, PlayedUpdates<RelayedUpdate> played, RouteSummary summary) =>
        new RelayedEnd(route.Deployment, stream.Update?.Events ?? default, stream.Usage, summary) { LeftOut = stream.Notes?.ToArray() ?? [] };
}
