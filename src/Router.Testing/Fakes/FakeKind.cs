using Microsoft.Extensions.AI;

namespace RouterGen.Testing;

/// <summary>How the answers of fakes become those of one kind of call.</summary>
/// <param name="Asks">What such a call asks for, in words.</param>
/// <param name="Example">A fake that fits.</param>
/// <param name="Whole">Makes a whole answer; null where the fake's does not fit.</param>
/// <param name="Stream">Makes the updates of a stream, from the pieces that <see cref="Updates"/> plays; null where the fake's answer does not fit, or there are no streams.</param>
internal sealed record FakeKind(string Asks, string Example, Func<FakeStep, RecordedRequest, object?> Whole, Func<FakeStep, RecordedRequest, Updates, IAsyncEnumerable<object>?> Stream)
{
    private static readonly Dictionary<Type, FakeKind> ByRequest = new()
    {
        [typeof(ChatRequest)] = new("a chat", "Returns(\"…\")", Chat, static (step, request, updates) => ChatPieces(step, request) is { } pieces ? updates.Play(pieces) : null),
        [typeof(CompletionRequest)] = new("a completion", "Returns(\"…\")", Completion, static (step, _, updates) => step.Answer is FakeText text ? updates.Play(CompletionPieces(step, text)) : null),
        [typeof(TranscriptionRequest)] = new(
            "a transcription",
            "Returns(\"…\")",
            static (step, _) => step.Answer is FakeText text ? new RoutedTranscription(string.Concat(text.Pieces)) { Usage = step.CopyUsage() } : null,
            static (step, _, updates) => step.Answer is FakeText text ? updates.Play(TranscriptionPieces(step, text)) : null),
        [typeof(SpeechRequest)] = new(
            "speech",
            "Speaks(…)",
            static (step, _) => step.Answer is FakeSound sound ? new RoutedSpeech(sound.Pieces.SelectMany(static piece => piece).ToArray(), sound.MediaType) { Usage = step.CopyUsage() } : null,
            static (step, _, updates) => step.Answer is FakeSound sound ? updates.Play(SoundPieces(step, sound)) : null),
        [typeof(ImageRequest)] = new(
            "images",
            "Draws(…)",
            static (step, _) => step.Answer is FakeImages images ? new RoutedImages(images.Images, step.CopyUsage()) : null,
            static (step, _, updates) => step.Answer is FakeImages images ? updates.Play(ImagePieces(step, images)) : null),
        [typeof(EmbeddingRequest)] = new("embeddings", "Embeds(…)", Embeddings, NoStream),
        [typeof(RerankRequest)] = new("a ranking", "Ranks(…)", Ranking, NoStream),
        [typeof(ModerationRequest)] = new("moderation", "Moderates(…)", Judgements, NoStream),
    };

    /// <summary>Returns the kind of a request.</summary>
    public static FakeKind Of(RecordedRequest request) => ByRequest[request.Request.GetType()];

    /// <summary>Returns what is wrong with a fake whose answer does not fit.</summary>
    public RouterAssertionException Misfit(FakeStep step, RecordedRequest request) => new(
        $"The fake of deployment '{request.Deployment}' answers with {step.Answer!.What}, and model group '{request.Group}' asks for {Asks}: use FakeDeployment.{Example}.");

    private static IAsyncEnumerable<object>? NoStream(FakeStep step, RecordedRequest request, Updates updates) => null;

    private static RoutedResponse? Chat(FakeStep step, RecordedRequest request)
    {
        List<AIContent>? contents = step.Answer switch
        {
            FakeText text => [new TextContent(string.Concat(text.Pieces))],
            FakeContents some => [.. some.Pieces.SelectMany(static piece => piece)],
            _ => null,
        };
        if (contents is null) return null;
        string id = IdOf(request);
        return new RoutedResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = id })
        {
            ResponseId = id,
            ModelId = request.Model,
            CreatedAt = request.At,
            FinishReason = ReasonOf(step, contents),
            Usage = step.CopyUsage(),
        };
    }

    private static List<ChatResponseUpdate>? ChatPieces(FakeStep step, RecordedRequest request)
    {
        AIContent[][]? pieces = step.Answer switch
        {
            FakeText text => [.. text.Pieces.Select(static piece => new AIContent[] { new TextContent(piece) })],
            FakeContents some => some.Pieces,
            _ => null,
        };
        if (pieces is null) return null;
        string id = IdOf(request);
        ChatResponseUpdate Update(IList<AIContent> contents) => new(ChatRole.Assistant, contents) { ResponseId = id, MessageId = id, ModelId = request.Model, CreatedAt = request.At };
        List<ChatResponseUpdate> updates = [.. pieces.Select(static piece => piece.ToArray()).Select(Update)];
        if (step.Break is not null) return updates;
        ChatResponseUpdate last = Update(step.CopyUsage() is { } usage ? [new UsageContent(usage)] : []);
        last.FinishReason = ReasonOf(step, pieces.SelectMany(static piece => piece));
        updates.Add(last);
        return updates;
    }

    private static ChatFinishReason ReasonOf(FakeStep step, IEnumerable<AIContent> contents) =>
        step.FinishReason ?? (contents.Any(static content => content is FunctionCallContent) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop);

    private static string IdOf(RecordedRequest request) => $"fake_{request.Number}";

    private static RoutedCompletion? Completion(FakeStep step, RecordedRequest request) =>
        step.Answer is FakeText text ? new RoutedCompletion(string.Concat(text.Pieces), step.CopyUsage()) { FinishReason = step.FinishReason ?? ChatFinishReason.Stop } : null;

    private static List<CompletionUpdate> CompletionPieces(FakeStep step, FakeText text)
    {
        List<CompletionUpdate> updates = [.. text.Pieces.Select(static piece => new CompletionUpdate(piece))];
        if (step.Break is null) updates.Add(new CompletionUpdate("") { FinishReason = step.FinishReason ?? ChatFinishReason.Stop, Usage = step.CopyUsage() });
        return updates;
    }

    private static List<TranscriptionUpdate> TranscriptionPieces(FakeStep step, FakeText text)
    {
        List<TranscriptionUpdate> updates = [.. text.Pieces.Select(static piece => new TranscriptionUpdate(piece))];
        if (step.Break is null) updates.Add(new TranscriptionUpdate("") { Transcription = new RoutedTranscription(string.Concat(text.Pieces)) { Usage = step.CopyUsage() } });
        return updates;
    }

    private static List<SpeechUpdate> SoundPieces(FakeStep step, FakeSound sound)
    {
        List<SpeechUpdate> updates = [.. sound.Pieces.Select(static piece => new SpeechUpdate(piece))];
        if (step.Break is null && step.CopyUsage() is { } usage) updates.Add(new SpeechUpdate(ReadOnlyMemory<byte>.Empty) { Usage = usage });
        return updates;
    }

    private static List<ImageUpdate> ImagePieces(FakeStep step, FakeImages images)
    {
        List<ImageUpdate> updates = [.. images.Images.Select(static image => new ImageUpdate { Image = image })];
        if (step.Break is null && updates.Count > 0) updates[^1].Usage = step.CopyUsage();
        return updates;
    }

    private static RoutedEmbeddings? Embeddings(FakeStep step, RecordedRequest request)
    {
        if (step.Answer is not FakeVectors fake) return null;
        string[] texts = [.. request.Texts];
        float[][] vectors = Checked(fake.Of(texts), texts.Length, "text", "vector", request);
        return new RoutedEmbeddings(Array.ConvertAll(vectors, vector => new Embedding<float>(vector) { ModelId = request.Model }), step.CopyUsage());
    }

    private static RoutedRanking? Ranking(FakeStep step, RecordedRequest request)
    {
        if (step.Answer is not FakeScores fake) return null;
        var rerank = (RerankRequest)request.Request;
        string[] documents = [.. request.Texts];
        double[] scores = Checked(fake.Of(rerank.Query, documents), documents.Length, "document", "score", request);
        IEnumerable<RankedDocument> ranked = scores.Select((score, index) => new RankedDocument(index, score, documents[index])).OrderByDescending(static document => document.Score);
        return new RoutedRanking([.. ranked.Take(rerank.Wanted)], step.CopyUsage());
    }

    private static RoutedModerations? Judgements(FakeStep step, RecordedRequest request)
    {
        if (step.Answer is not FakeJudgements fake) return null;
        var moderation = (ModerationRequest)request.Request;
        string[] inputs = moderation.Contents is null ? [.. request.Texts] : [request.Text];
        return new RoutedModerations(Checked(fake.Of(inputs), inputs.Length, "input", "judgement", request), step.CopyUsage());
    }

    private static T[] Checked<T>(T[] given, int wanted, string input, string output, RecordedRequest request) => given.Length == wanted
        ? given
        : throw new RouterAssertionException($"The fake of deployment '{request.Deployment}' has {given.Length} {output}(s) for a request with {wanted} {input}(s): it needs one for each.");
}
