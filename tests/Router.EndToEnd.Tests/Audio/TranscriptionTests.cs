using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Audio;

/// <summary>Sound over real sockets: each form of a request, each fault, streams, and what users see of it.</summary>
public sealed class TranscriptionTests : AudioWorld
{
    [Theory]
    [InlineData("whisper", "0.0002", "english")]
    [InlineData("azure-ears", "0.0002", "english")]
    [InlineData("groq-ears", "0.0000222222222222222222222222", "english")]
    [InlineData("gpt", null, null)]
    public async Task Each_provider_transcribes_a_file(string name, string? cost, string? language)
    {
        TranscriptionGroup group = Group(name);

        RoutedTranscription answer = await group.TranscribeAsync(File(), cancellationToken: Cancellation);

        Assert.EndsWith("You said: \"speech.mp3\"", answer.Text, StringComparison.Ordinal);
        Assert.Equal(language, answer.Language);
        Assert.Equal((TimeSpan.FromSeconds(2), answer.Attempts[0].Model), (answer.DurationOfSound ?? TimeSpan.FromSeconds(2), answer.ModelUsed));
        if (cost is not null) Assert.Equal(decimal.Parse(cost), decimal.Round(answer.Cost!.Value, 28));
        else Assert.Equal((20 * 2.5m + answer.Usage!.OutputTokenCount!.Value * 10m) / 1_000_000, answer.Cost);
        Assert.Equal(answer.Text, group.Transcribe(File(), cancellationToken: Cancellation).Text);
        await using FileStream open = System.IO.File.OpenRead(PathOf());
        Assert.Equal(answer.Text, (await group.TranscribeAsync(open, cancellationToken: Cancellation)).Text);
    }

    [Fact]
    public async Task A_request_is_a_form_as_the_model_takes_it()
    {
        var options = new TranscribeOptions { Language = "de", Prompt = "RouterGen", Temperature = 0.5f, Timestamps = TranscriptTimestamps.Segments | TranscriptTimestamps.Words, AdditionalProperties = new Dictionary<string, object?> { ["user"] = "u-1", ["include[]"] = new[] { "logprobs", "x" } } };
        await Fleet.Whisper.TranscribeAsync(File(5), options, Cancellation);
        Assert.Equal(
            """{"model":"whisper-1","language":"de","prompt":"RouterGen","temperature":"0.5","response_format":"verbose_json","timestamp_granularities":["segment","word"],"user":"u-1","include":["logprobs","x"],"file":{"name":"speech.mp3","type":"audio/mpeg","length":5,"base64":"AAAAAAA="}}""",
            Server[Whisper].Requests.Single().Body);
        await Fleet.Gpt.TranscribeAsync(File(5), cancellationToken: Cancellation);
        Assert.Equal("""{"model":"gpt-4o-transcribe","file":{"name":"speech.mp3","type":"audio/mpeg","length":5,"base64":"AAAAAAA="}}""", Server[Gpt].Requests.Single().Body);
    }

    [Fact]
    public async Task Segments_words_and_speakers_are_read()
    {
        RoutedTranscription answer = await Fleet.Whisper.TranscribeAsync(File(), new TranscribeOptions { Timestamps = TranscriptTimestamps.Segments | TranscriptTimestamps.Words }, Cancellation);
        TranscriptionSegment segment = Assert.Single(answer.Segments);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(2), answer.Text, (string?)null), (segment.Start, segment.End, segment.Text, segment.Speaker));
        Assert.Equal("Hello", answer.Words[0].Text);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Words[^1].End);

        RoutedTranscription diarized = await Fleet.Diarize.TranscribeAsync(File(), new TranscribeOptions { Diarize = true, Prompt = "Names" }, Cancellation);
        Assert.Equal("A", Assert.Single(diarized.Segments).Speaker);
        Assert.Equal(["Prompt: left out"], diarized.LeftOut);
    }

    [Fact]
    public async Task Times_that_a_model_does_not_give_come_from_another()
    {
        RoutedTranscription answer = await Fleet.Pair.TranscribeAsync(File(), new TranscribeOptions { Timestamps = TranscriptTimestamps.Words }, Cancellation);

        Assert.Equal([FailureKind.Unsupported, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.NotEmpty(answer.Words);
        Assert.Equal(0, Server[Gpt].Calls);
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Fleet.Gpt.TranscribeAsync(File(), new TranscribeOptions { Diarize = true }, Cancellation));
        Assert.Equal((FailureKind.Unsupported, FailureScope.RequestAtModel), (failure.Kind, failure.Scope));
        Assert.Contains("openai/gpt-4o-transcribe cannot tell who speaks", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_too_large_for_one_deployment_goes_to_another_and_is_sent_once()
    {
        const int Megabyte = 1024 * 1024;
        RoutedTranscription answer = await Fleet.Small.TranscribeAsync(File(Megabyte + 1), cancellationToken: Cancellation);

        Assert.Equal([FailureKind.Unsupported, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal((0L, Azure), (Server[Whisper].Calls, answer.Deployment));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Fleet.Small.TranscribeAsync(File(3 * Megabyte), cancellationToken: Cancellation));
        Assert.Equal((FailureKind.Unsupported, FailureScope.RequestAtModel), (failure.Kind, failure.Scope));
        Assert.Contains("The file has 3 MB (3145728 bytes), and openai/whisper-1 takes at most 1 MB (1048576 bytes).", failure.Message, StringComparison.Ordinal);
        Assert.Equal((0L, 1L), (Server[Whisper].Calls, Server[Azure].Calls));
        Assert.All(Fleet.Small.Status, status => Assert.Equal(DeploymentHealth.Healthy, status.Health));
    }

    [Fact]
    public async Task The_catalogs_limit_holds_where_none_is_stated()
    {
        RoutedTranscription answer = await Fleet.Pair.TranscribeAsync(File(25 * 1024 * 1024 + 1), cancellationToken: Cancellation).ContinueWith(
            static call => call.IsCompletedSuccessfully ? call.Result : new RoutedTranscription("", "none", attempts: ((RoutingException)call.Exception!.InnerException!).Attempts), Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);

        // The fake Groq takes as much as OpenAI, and says so after the upload.
        Assert.Equal([FailureKind.Unsupported, FailureKind.Unsupported], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal((0L, 1L), (Server[Gpt].Calls, Server[Groq].Calls));
    }

    [Fact]
    public async Task An_empty_file_is_refused_before_anything_is_sent()
    {
        ArgumentException exception = await Assert.ThrowsAsync<ArgumentException>(() => Fleet.Whisper.TranscribeAsync(File(0), cancellationToken: Cancellation));
        Assert.Contains("'speech.mp3' is empty", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Fleet.Whisper.TranscribeAsync(new MemoryStream(), cancellationToken: Cancellation));
        Assert.Throws<ArgumentException>(() => Fleet.Whisper.Transcribe(File(0), cancellationToken: Cancellation));
        Assert.Throws<ArgumentException>(() => Fleet.Whisper.StreamAsync(File(0), cancellationToken: Cancellation));
        Assert.Throws<ArgumentNullException>(() => Fleet.Whisper.Transcribe(null!, cancellationToken: Cancellation));
        Assert.Equal(0, Server[Whisper].Calls);
    }

    public static TheoryData<string, FailureKind> Faults => new()
    {
        { "429", FailureKind.RateLimited }, { "503", FailureKind.Overloaded }, { "401", FailureKind.AuthenticationFailed }, { "404", FailureKind.ModelNotFound },
        { "quota", FailureKind.QuotaExhausted }, { "reset", FailureKind.ConnectionFailed }, { "page", FailureKind.InvalidResponse }, { "empty", FailureKind.InvalidResponse },
        { "cut", FailureKind.InvalidResponse }, { "reset within", FailureKind.ConnectionFailed }, { "error inside", FailureKind.ServerError }, { "no text", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_one_deployment_is_followed_by_the_next(string fault, FailureKind kind)
    {
        Server[Gpt].Always(FaultOf(fault));

        RoutedTranscription answer = await Fleet.Pair.TranscribeAsync(File(), cancellationToken: Cancellation);

        Assert.Equal([kind, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal((Groq, 1L), (answer.Deployment, Server[Groq].Calls));
        Assert.Contains("\"length\":32000", Server[Groq].Requests.Single().Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_stream_fails_over_up_to_its_first_piece(string fault, FailureKind kind)
    {
        Server[Gpt].Always(fault is "cut" ? Fault.EndAfter(0) : FaultOf(fault));

        List<TranscriptionUpdate> updates = await ListAsync(Fleet.Pair.StreamAsync(File(), cancellationToken: Cancellation));

        Assert.Equal([kind, FailureKind.None], updates[^1].Transcription!.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(2, updates.Count); // Whisper's text comes in one piece.
        Assert.Equal(updates[0].Text, updates[^1].Transcription!.Text);
    }

    [Fact]
    public async Task A_stream_brings_the_text_in_pieces_and_the_route_at_its_end()
    {
        List<TranscriptionUpdate> updates = await ListAsync(Fleet.Gpt.StreamAsync(File(), cancellationToken: Cancellation));

        Assert.True(updates.Count > 4);
        RoutedTranscription whole = updates[^1].Transcription!;
        Assert.All(updates[..^1], update => Assert.Null(update.Transcription));
        Assert.Equal(whole.Text, string.Concat(updates.Select(update => update.Text)));
        Assert.EndsWith("You said: \"speech.mp3\"", whole.Text, StringComparison.Ordinal);
        Assert.Equal((Gpt, 20L), (whole.ModelUsed, whole.Usage!.InputTokenCount));
        Assert.True(whole.Cost > 0);
        Assert.Contains("\"stream\":\"true\"", Server[Gpt].Requests.Single().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("end")]
    [InlineData("error")]
    public async Task A_stream_that_breaks_says_how_much_had_arrived(string fault)
    {
        Server[Gpt].Always(fault switch { "cut" => Fault.CutAfter(2), "end" => Fault.EndAfter(2), _ => Fault.StreamErrorAfter(2) });
        List<TranscriptionUpdate> updates = [];

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (TranscriptionUpdate update in Fleet.Pair.StreamAsync(File(), cancellationToken: Cancellation)) updates.Add(update);
        });

        Assert.Equal(2, updates.Count);
        Assert.Contains($"broke after {updates.Sum(update => update.Text.Length)} characters had arrived", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, Server[Groq].Calls);
    }

    [Fact]
    public async Task A_slow_deployment_is_hedged_with_the_same_file()
    {
        Server[Whisper].Always(Fault.BlackHole);
        RoutedTranscription answer = await Fleet.HedgedEars.TranscribeAsync(File(), cancellationToken: Cancellation);
        Assert.Equal(Azure, answer.Deployment);
        Assert.Contains(answer.Attempts, attempt => attempt.Outcome is FailureKind.Superseded);
        Assert.Equal(Server[Whisper].Requests.Single().Body.Replace("whisper-1", "my-whisper", StringComparison.Ordinal), Server[Azure].Requests.Single().Body);
    }

    [Fact]
    public async Task A_shadow_gets_a_copy_and_answers_no_caller()
    {
        RoutedTranscription answer = await Fleet.MirroredEars.TranscribeAsync(File(), cancellationToken: Cancellation);
        Assert.Equal(Whisper, answer.Deployment);
        await Server[Azure].WaitUntilAsync(script => script.Calls == 1, Cancellation);
    }

    [Fact]
    public async Task Limits_and_status_count_calls_as_for_chat()
    {
        await Fleet.Pair.TranscribeAsync(File(), new CallOptions(), cancellationToken: Cancellation);
        DeploymentStatus status = Fleet.Pair.Status[0];
        Assert.Equal((1L, 0L, 0), (status.Calls, status.Failures, status.InFlight));
        Assert.True(Fleet.Pair.Spend.Spent > 0);
        await Assert.ThrowsAsync<ArgumentException>(() => Fleet.Pair.TranscribeAsync(File(), new CallOptions { Deployment = "none" }, cancellationToken: Cancellation));
        RoutedTranscription chosen = await Fleet.Pair.TranscribeAsync(File(), new TranscribeOptions { ModelId = "whisper-large-v3" }, Cancellation);
        Assert.Equal(Groq, chosen.Deployment);
    }

#pragma warning disable MEAI001 // The framework's interface may still change.
    [Fact]
    public async Task The_framework_gets_the_same_whole_and_streamed()
    {
        ISpeechToTextClient client = Fleet.Gpt;
        await using FileStream open = System.IO.File.OpenRead(PathOf());
        SpeechToTextResponse answer = await client.GetTextAsync(open, new SpeechToTextOptions { SpeechLanguage = "de", SpeechSampleRate = 8000 }, Cancellation);
        Assert.EndsWith("You said: \"speech.mp3\"", answer.Text, StringComparison.Ordinal);
        Assert.Equal((Gpt, 20L), (answer.ModelId, answer.Usage!.InputTokenCount));
        Assert.Equal(Gpt, Assert.IsType<RoutedTranscription>(answer.AdditionalProperties![RoutedTranscription.RouteProperty]).ModelUsed);
        Assert.Equal(["SpeechSampleRate: left out"], Assert.IsType<string[]>(answer.AdditionalProperties[RoutedResponse.LeftOutProperty]));

        SpeechToTextResponse streamed = await client.GetStreamingTextAsync(open, cancellationToken: Cancellation).ToSpeechToTextResponseAsync(Cancellation);
        Assert.Equal(answer.Text, streamed.Text);
        Assert.Equal(("routergen", "gpt"), client.GetService<SpeechToTextClientMetadata>() is { } data ? (data.ProviderName, data.DefaultModelId) : default);
    }

    [Fact]
    public async Task A_container_has_each_group_under_its_name()
    {
        string endpoint = new Uri(Server.BaseAddress, "openai/v1").ToString();
        await using ServiceProvider services = new ServiceCollection()
            .AddAudioFleet(options => options.Variables = name => name switch { "OPENAI_API_KEY" => "sk-openai", "OPENAI_BASE_URL" => endpoint, _ => null })
            .BuildServiceProvider();

        Assert.Same(services.GetRequiredService<AudioFleet>().Whisper, services.GetRequiredKeyedService<ISpeechToTextClient>("whisper"));
        Assert.Same(services.GetRequiredService<AudioFleet>().Tts, services.GetRequiredKeyedService<ITextToSpeechClient>("tts"));
    }
#pragma warning restore MEAI001

    private TranscriptionGroup Group(string name) => name switch
    {
        "whisper" => Fleet.Whisper,
        "gpt" => Fleet.Gpt,
        "azure-ears" => Fleet.AzureEars,
        _ => Fleet.GroqEars,
    };

    internal static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> updates)
    {
        List<T> list = [];
        await foreach (T update in updates) list.Add(update);
        return list;
    }

    internal static Fault FaultOf(string name) =>
        UsualFaults.Find(name) ?? Fault.Status(200, """{"task":"transcribe","usage":{"type":"duration","seconds":2} }""", "application/json");
}
