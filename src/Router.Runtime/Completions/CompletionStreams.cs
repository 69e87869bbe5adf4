using System.Globalization;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the streams of models have of their own that go on with a text.</summary>
internal readonly struct CompletionStreams : IStreamKind<CompletionUpdate>
{
    public static AttemptFailure Empty => CompletionAnswers.Empty;

    public static StreamDecoder<CompletionUpdate> Start(in AttemptContext context) => ((CompletionCodec)context.Deployment.Definition.Codec).StartStream();

    public static AttemptResult<WholeStream<CompletionUpdate>> ReadWhole(in AttemptContext context, HttpResponseMessage response, in ResponseBody body)
    {
        AttemptResult<RoutedCompletion> whole = WholeAttempt<CompletionAnswers, RoutedCompletion>.Read(context, response, body, leftOut: null);
        if (whole.Value is not { } reply) return new(null, whole.Failure) { Usage = whole.Usage };
        var update = new CompletionUpdate(reply.Text) { Tokens = reply.Tokens, FinishReason = reply.FinishReason, Usage = reply.Usage };
        return new(new([update], reply.Usage, null), whole.Failure) { Usage = whole.Usage };
    }

    public static bool HasContent(CompletionUpdate update) => update.Text.Length > 0;

    public static UsageDetails? UsageOf(CompletionUpdate update) => update.Usage;

    public static ServiceTier? TierOf(CompletionUpdate update) => null;

    public static void AttachRaw(CompletionUpdate update, ReadOnlySpan<byte> data) => update.RawRepresentation = RawAnswer.Parse(data);

    public static PlayedUpdates<CompletionUpdate> StartPlaying() => new Played();

    public static CompletionUpdate Last(CallRoute route, ProviderStream<CompletionUpdate> stream, PlayedUpdates<CompletionUpdate> played, RouteSummary summary) => new RoutedCompletionUpdate(stream.Update?.Text ?? "", summary)
    {
        Tokens = stream.Update?.Tokens ?? [],
        FinishReason = stream.Update?.FinishReason,
        Usage = stream.Usage,
        LeftOut = stream.Notes?.ToArray() ?? [],
        RawRepresentation = stream.Update?.RawRepresentation,
    };

    /// <summary>What a stream of text has brought so far: how much of it.</summary>
    private sealed class Played : PlayedUpdates<CompletionUpdate>
    {
        private long _characters;

        public override string Arrived => string.Create(CultureInfo.InvariantCulture, $"{_characters} characters");

        public override void Add(CompletionUpdate update)
        {
            Last = update;
            _characters += update.Text.Length;
        }

        public override UsageDetails EstimateUsage(int inputTokens, UsageDetails? reported) => new()
        {
            InputTokenCount = reported?.InputTokenCount ?? inputTokens,
            OutputTokenCount = Math.Max(reported?.OutputTokenCount ?? 0, _characters / RequestShape.CharactersPerToken),
            CachedInputTokenCount = reported?.CachedInputTokenCount,
            AdditionalCounts = reported?.AdditionalCounts,
        };
    }
}
