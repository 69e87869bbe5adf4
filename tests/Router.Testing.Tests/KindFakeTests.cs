using Microsoft.Extensions.AI;

namespace RouterGen.Testing.Tests;

/// <summary>Fakes of the other kinds of calls.</summary>
public class KindFakeTests
{
    private static readonly byte[] Bytes = [1, 2, 3];

    private readonly TestRouter _router = new();

    private Models Models => field ??= new Models(_router.Options);

    public static TheoryData<string, Func<Models, Task>, string> Calls() => new()
    {
        { Fake.Embedding, models => models.Vectors.EmbedAsync(["a"]), "Embeds" },
        { Fake.Rerank, models => models.Ranking.RerankAsync("q", ["a"]), "Ranks" },
        { Fake.Moderation, models => models.Guard.ModerateAsync(["a"]), "Moderates" },
        { Fake.Completion, models => models.Text.CompleteAsync("a"), "Returns" },
        { Fake.Completion, models => models.Text.StreamAsync("a").ToListAsync().AsTask(), "Returns" },
        { Fake.Image, models => models.Pictures.GenerateAsync("a"), "Draws" },
        { Fake.Image, models => models.Pictures.StreamAsync("a").ToListAsync().AsTask(), "Draws" },
        { Fake.Transcription, models => models.Ears.TranscribeAsync(Sound), "Returns" },
        { Fake.Transcription, models => models.Ears.StreamAsync(Sound).ToListAsync().AsTask(), "Returns" },
        { Fake.Speech, models => models.Voice.SpeakAsync("a"), "Speaks" },
        { Fake.Speech, models => models.Voice.StreamAsync("a").ToListAsync().AsTask(), "Speaks" },
        { Fake.Luna, models => models.Single.StreamAsync("a").ToListAsync().AsTask(), "Returns" },
    };

    private static MediaFile Sound => MediaFile.FromBytes(Bytes, "audio/mpeg");

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_failure_is_that_of_the_call(string deployment, Func<Models, Task> call, string factory)
    {
        _router[deployment] = FakeDeployment.Fails(FailureKind.PermissionDenied);
        Assert.Equal(FailureKind.PermissionDenied, (await Assert.ThrowsAsync<RoutingException>(() => call(Models))).Kind);
        Assert.NotEmpty(factory);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_fake_of_another_kind_says_which_fits(string deployment, Func<Models, Task> call, string factory)
    {
        _router[deployment] = factory is "Embeds" ? FakeDeployment.Returns("text") : FakeDeployment.Embeds([1f]);
        RouterAssertionException misfit = await Assert.ThrowsAsync<RouterAssertionException>(() => call(Models));
        Assert.Contains($"The fake of deployment '{deployment}' answers with", misfit.Message);
        Assert.Contains($"use FakeDeployment.{factory}(", misfit.Message);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_missing_fake_says_which_to_add(string deployment, Func<Models, Task> call, string factory)
    {
        RouterAssertionException missing = await Assert.ThrowsAsync<RouterAssertionException>(() => call(Models));
        Assert.Contains($"router[\"{deployment}\"] = FakeDeployment.{factory}(", missing.Message);
    }

    [Fact]
    public async Task Vectors()
    {
        _router[Fake.Embedding] = FakeDeployment.Embeds(text => [text.Length, 0]).WithUsage(3, 0);
        RoutedEmbeddings vectors = await Models.Vectors.EmbedAsync(["a", "bb"]);
        Assert.Equal([1f, 2f], vectors.Select(static vector => vector.Vector.Span[0]));
        Assert.Equal(3, vectors.Usage!.InputTokenCount);
        Assert.Equal("a\nbb", _router.AssertSingleRequest().Text);
        _router[Fake.Embedding] = FakeDeployment.Embeds([1f]);
        Assert.Contains("has 1 vector(s) for a request with 2 text(s)", (await Assert.ThrowsAsync<RouterAssertionException>(() => Models.Vectors.EmbedAsync(["a", "bb"]))).Message);
    }

    [Fact]
    public async Task Rankings()
    {
        _router[Fake.Rerank] = FakeDeployment.Ranks(0.1, 0.9, 0.5);
        RoutedRanking ranking = await Models.Ranking.RerankAsync("q", ["a", "b", "c"], new RerankOptions { TopN = 2 });
        Assert.Equal(["b", "c"], ranking.Select(static document => document.Document));
        _router[Fake.Rerank] = FakeDeployment.Ranks((query, document) => document.Contains(query, StringComparison.Ordinal) ? 1 : 0);
        Assert.Equal("quick", (await Models.Ranking.RerankAsync("q", ["slow", "quick"]))[0].Document);
    }

    [Fact]
    public async Task Judgements()
    {
        _router[Fake.Moderation] = FakeDeployment.Moderates(text => text == "bad");
        RoutedModerations judged = await Models.Guard.ModerateAsync(["good", "bad"]);
        Assert.Equal([false, true], judged.Select(static judgement => judgement.Flagged));
        _router[Fake.Moderation] = FakeDeployment.Moderates(judged[1]);
        Assert.True((await Models.Guard.ModerateAsync(["x"])).Flagged);
    }

    [Fact]
    public async Task Completions()
    {
        _router[Fake.Completion] = FakeDeployment.Streams("on", "ce").WithUsage(1, 2).WithFinishReason(ChatFinishReason.Length);
        RoutedCompletion whole = await Models.Text.CompleteAsync("Begin");
        Assert.Equal(("once", ChatFinishReason.Length), (whole.Text, whole.FinishReason));
        List<CompletionUpdate> updates = await Models.Text.StreamAsync("Begin").ToListAsync();
        Assert.Equal("once", string.Concat(updates));
        Assert.Equal(2, Assert.IsType<RoutedCompletionUpdate>(updates[^1]).Usage!.OutputTokenCount);
        Assert.Equal("Begin", _router.Requests[1].Text);
    }

    [Fact]
    public async Task Images()
    {
        _router[Fake.Image] = FakeDeployment.Draws(new GeneratedImage(Bytes, "image/png"), new GeneratedImage(Bytes, "image/png"));
        RoutedImages images = await Models.Pictures.GenerateAsync("A cat", new ImageGenerationOptions { Count = 2 });
        Assert.Equal(2, images.Count);
        Assert.Equal(2, images.Usage!.AdditionalCounts![UsageCounts.ImagesMade]);
        List<ImageUpdate> updates = await Models.Pictures.StreamAsync("A cat").ToListAsync();
        Assert.Equal(2, updates.Count(static update => update.Image is not null));
        Assert.Equal(Fake.Image, Assert.IsType<RoutedImageUpdate>(updates[^1]).ModelUsed);
    }

    [Fact]
    public async Task Transcriptions()
    {
        _router[Fake.Transcription] = FakeDeployment.Streams("Good ", "day").WithUsage(5, 2);
        Assert.Equal("Good day", (await Models.Ears.TranscribeAsync(Sound)).Text);
        List<TranscriptionUpdate> updates = await Models.Ears.StreamAsync(Sound).ToListAsync();
        Assert.Equal("Good day", string.Concat(updates));
        Assert.Equal(("Good day", 2), (updates[^1].Transcription!.Text, updates[^1].Transcription!.Usage!.OutputTokenCount));
    }

    [Fact]
    public async Task Speech()
    {
        _router[Fake.Speech] = FakeDeployment.Speaks([1, 2], [3]);
        RoutedSpeech whole = await Models.Voice.SpeakAsync("Hello");
        Assert.Equal(Bytes, whole.Audio.ToArray());
        Assert.Equal(5, whole.Usage!.AdditionalCounts![UsageCounts.CharactersSpoken]);
        List<SpeechUpdate> updates = await Models.Voice.StreamAsync("Hello").ToListAsync();
        Assert.Equal(Bytes, updates.SelectMany(static update => update.Audio.ToArray()));
        Assert.NotNull(updates[^1].Speech);
        _router[Fake.Speech] = FakeDeployment.Speaks(Bytes, "audio/wav");
        Assert.Equal("audio/wav", (await Models.Voice.SpeakAsync("Hello")).MediaType);
    }
}
