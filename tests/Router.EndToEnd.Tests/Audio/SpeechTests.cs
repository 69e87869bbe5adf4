using Microsoft.Extensions.AI;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests.Audio;

/// <summary>Speech over real sockets: whole, in pieces, as events, each fault, and what users see of it.</summary>
public sealed class SpeechTests : AudioWorld
{
    private const string Text = "The quick brown fox jumps over the lazy dog";

    [Theory]
    [InlineData("tts", "0.000645", "audio/mpeg")]
    [InlineData("azure-voice", "0.00129", "audio/mpeg")]
    [InlineData("groq-voice", "0.000946", "audio/wav")]
    [InlineData("mini-tts", null, "audio/mpeg")]
    public async Task Each_provider_speaks(string name, string? cost, string mediaType)
    {
        SpeechGroup group = Group(name);

        RoutedSpeech speech = await group.SpeakAsync(Text, cancellationToken: Cancellation);

        Assert.True(speech.Audio.Length > 300);
        Assert.True(speech.Audio.Span.StartsWith(mediaType is "audio/wav" ? "RIFF"u8 : "ID3"u8));
        Assert.Equal(mediaType, speech.MediaType);
        Assert.Equal(cost is null ? (speech.Usage!.InputTokenCount * 0.6m + speech.Usage.OutputTokenCount * 12m) / 1_000_000 : decimal.Parse(cost), speech.Cost);
        Assert.Equal(speech.Audio.ToArray(), group.Speak(Text, cancellationToken: Cancellation).Audio.ToArray());
        List<SpeechUpdate> updates = await TranscriptionTests.ListAsync(group.StreamAsync(Text, cancellationToken: Cancellation));
        Assert.Equal(speech.Audio.ToArray(), updates.SelectMany(update => update.Audio.ToArray()));
        RoutedSpeech last = updates[^1].Speech!;
        Assert.Equal((speech.Cost, speech.ModelUsed, mediaType), (last.Cost, last.ModelUsed, last.MediaType));
        Assert.All(updates[..^1], update => Assert.Null(update.Speech));
        Assert.NotNull(last.TimeToFirstAudio);
    }

    [Fact]
    public async Task A_request_is_as_the_model_takes_it()
    {
        var options = new SpeechOptions { Voice = "nova", Format = "WAV", Speed = 1.5f, Instructions = "Cheerful", Language = "en", AdditionalProperties = new Dictionary<string, object?> { ["volume"] = 2, ["voice"] = "x" } };
        RoutedSpeech speech = await Fleet.Tts.SpeakAsync("Hi", options, Cancellation);
        Assert.Equal("""{"model":"tts-1","input":"Hi","voice":"nova","response_format":"wav","speed":1.5,"volume":2}""", Server[Tts].Requests.Single().Body.TrimEnd());
        Assert.Equal(["Instructions: left out", "Language: left out", "voice: left out, since the router decides it"], speech.LeftOut);
        Assert.Equal("audio/wav", speech.MediaType);
        await Fleet.MiniTts.SpeakAsync("Hi", new SpeechOptions { Instructions = "Cheerful" }, Cancellation);
        Assert.Equal("""{"model":"gpt-4o-mini-tts","input":"Hi","voice":"alloy","instructions":"Cheerful","stream_format":"sse"}""", Server[MiniTts].Requests.Single().Body.TrimEnd());
    }

    [Fact]
    public async Task Each_provider_has_its_own_voice()
    {
        Server[Orpheus].Always(Fault.Status(503));
        await Fleet.Voices.SpeakAsync("Hi", new SpeechOptions { Voices = new Dictionary<string, string> { ["groq"] = "troy", ["openai"] = "nova" } }, Cancellation);
        Assert.Contains("\"voice\":\"troy\"", Server[Orpheus].Requests.Single().Body, StringComparison.Ordinal);
        Assert.Contains("\"voice\":\"nova\"", Server[Tts].Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_one_deployment_goes_to_another_and_is_sent_once()
    {
        RoutedSpeech speech = await Fleet.Voices.SpeakAsync(new string('a', 201), cancellationToken: Cancellation);
        Assert.Equal([FailureKind.Unsupported, FailureKind.None], speech.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal((0L, Tts), (Server[Orpheus].Calls, speech.Deployment));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => Fleet.Voices.SpeakAsync(new string('a', 4097), cancellationToken: Cancellation));
        Assert.Equal((FailureKind.Unsupported, FailureScope.RequestAtModel), (failure.Kind, failure.Scope));
        Assert.Contains("The text has 4097 characters, and openai/tts-1 takes at most 4096.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, Server[Tts].Calls);
        await Fleet.Tts.SpeakAsync(string.Concat(Enumerable.Repeat("😀", 2000)), cancellationToken: Cancellation); // each is a character
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Fleet.Tts.SpeakAsync("", cancellationToken: Cancellation));
        Assert.ThrowsAny<ArgumentException>(() => Fleet.Tts.StreamAsync(null!, cancellationToken: Cancellation));
    }

    public static TheoryData<string, FailureKind> Faults => new()
    {
        { "429", FailureKind.RateLimited }, { "503", FailureKind.Overloaded }, { "401", FailureKind.AuthenticationFailed }, { "404", FailureKind.ModelNotFound },
        { "quota", FailureKind.QuotaExhausted }, { "reset", FailureKind.ConnectionFailed }, { "page", FailureKind.InvalidResponse }, { "empty", FailureKind.EmptyResponse },
        { "reset within", FailureKind.ConnectionFailed }, { "error inside", FailureKind.ServerError }, { "no text", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_one_deployment_is_followed_by_the_next(string fault, FailureKind kind)
    {
        Server[Orpheus].Always(TranscriptionTests.FaultOf(fault));
        RoutedSpeech speech = await Fleet.Voices.SpeakAsync(Text, cancellationToken: Cancellation);
        Assert.Equal([kind, FailureKind.None], speech.Attempts.Select(attempt => attempt.Outcome));
        Assert.True(speech.Audio.Length > 300);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_stream_fails_over_up_to_its_first_sound(string fault, FailureKind kind)
    {
        Server[Orpheus].Always(TranscriptionTests.FaultOf(fault));
        List<SpeechUpdate> updates = await TranscriptionTests.ListAsync(Fleet.Voices.StreamAsync(Text, cancellationToken: Cancellation));
        Assert.Equal([kind, FailureKind.None], updates[^1].Speech!.Attempts.Select(attempt => attempt.Outcome));
        Assert.True(updates.Sum(update => update.Audio.Length) > 300);
    }

    [Theory]
    [InlineData("429", FailureKind.RateLimited)]
    [InlineData("page", FailureKind.InvalidResponse)]
    [InlineData("empty", FailureKind.InvalidResponse)]
    [InlineData("error inside", FailureKind.ServerError)]
    [InlineData("end", FailureKind.InvalidResponse)]
    [InlineData("error event", FailureKind.ServerError)]
    public async Task Events_fail_over_as_sound_does(string fault, FailureKind kind)
    {
        Server[MiniTts].Always(fault switch { "end" => Fault.EndAfter(0), "error event" => Fault.StreamErrorAfter(0), _ => TranscriptionTests.FaultOf(fault) });
        RoutedSpeech speech = await Fleet.EventVoices.SpeakAsync(Text, cancellationToken: Cancellation);
        List<SpeechUpdate> updates = await TranscriptionTests.ListAsync(FleetWith([]).EventVoices.StreamAsync(Text, cancellationToken: Cancellation));
        Assert.All((RoutedSpeech[])[speech, updates[^1].Speech!], answer => Assert.Equal([fault is "empty" or "end" && answer.TimeToFirstAudio is null ? FailureKind.EmptyResponse : kind, FailureKind.None], answer.Attempts.Select(attempt => attempt.Outcome)));
    }

    [Theory]
    [InlineData("cut", Tts)]
    [InlineData("cut", MiniTts)]
    [InlineData("end", MiniTts)]
    [InlineData("error", MiniTts)]
    public async Task A_stream_that_breaks_says_how_many_bytes_had_arrived(string fault, string model)
    {
        Server[model].Always(fault switch { "cut" => Fault.CutAfter(2), "end" => Fault.EndAfter(2), _ => Fault.StreamErrorAfter(2) });
        long arrived = 0;
        SpeechGroup group = model == Tts ? Fleet.Tts : Fleet.EventVoices;

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (SpeechUpdate update in group.StreamAsync(Text, cancellationToken: Cancellation)) arrived += update.Audio.Length;
        });

        Assert.InRange(arrived, 1, 200);
        Assert.Contains($"broke after {arrived} bytes had arrived", failure.Message, StringComparison.Ordinal);
        Assert.True(model == MiniTts || group.Spend.Spent > 0); // The text is paid, whatever has come of it.
    }

    [Fact]
    public async Task Speech_can_be_read_as_a_stream_and_saved()
    {
        RoutedSpeech speech = await Fleet.Tts.SpeakAsync(Text, cancellationToken: Cancellation);
        string path = PathOf(0, "out.mp3");
        await speech.SaveAsync(path, Cancellation);
        Assert.Equal(speech.Audio.ToArray(), await System.IO.File.ReadAllBytesAsync(path, Cancellation));

        await using Stream stream = await Fleet.Tts.OpenStreamAsync(Text, cancellationToken: Cancellation);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        Assert.Equal(speech.Audio.ToArray(), copy.ToArray());
        await using Stream slow = await Fleet.Tts.OpenStreamAsync(Text, cancellationToken: Cancellation);
        byte[] read = new byte[speech.Audio.Length];
        slow.ReadExactly(read);
        Assert.Equal(speech.Audio.ToArray(), read);
        Assert.Equal(0, slow.Read(read));

        Server[Tts].Always(Fault.Status(503));
        await Assert.ThrowsAsync<RoutingException>(() => Fleet.Tts.OpenStreamAsync(Text, cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_leaves_ends_the_download(bool disposes)
    {
        Server[Tts].Always(Fault.StallAfter(2));
        using var caller = new CancellationTokenSource();
        Stream stream = await Fleet.Tts.OpenStreamAsync(Text, cancellationToken: caller.Token);
        if (disposes)
        {
            await stream.DisposeAsync();
        }
        else
        {
            Task read = stream.CopyToAsync(Stream.Null, Cancellation);
            await caller.CancelAsync();
            await Assert.ThrowsAsync<RoutingCanceledException>(() => read);
            await stream.DisposeAsync();
        }

        await Server[Tts].WaitUntilAsync(script => script.Aborted == 1, Cancellation);
        Assert.Equal(0, Fleet.Tts.Status[0].InFlight);
        Assert.True(Fleet.Tts.Spend.Spent > 0);
    }

    [Fact]
    public async Task A_slow_deployment_is_hedged()
    {
        Server[Tts].Always(Fault.BlackHole);
        RoutedSpeech speech = await Fleet.HedgedVoices.SpeakAsync(Text, cancellationToken: Cancellation);
        Assert.Equal(AzureTts, speech.Deployment);
        Assert.Contains(speech.Attempts, attempt => attempt.Outcome is FailureKind.Superseded);
    }

    [Fact]
    public async Task A_shadow_gets_a_copy_and_answers_no_caller()
    {
        RoutedSpeech speech = await Fleet.MirroredVoices.SpeakAsync(Text, cancellationToken: Cancellation);
        Assert.Equal(Tts, speech.Deployment);
        await Server[AzureTts].WaitUntilAsync(script => script.Calls == 1, Cancellation);
    }

    [Fact]
    public async Task Limits_and_status_count_calls_as_for_chat()
    {
        await Fleet.Voices.SpeakAsync(Text, new CallOptions(), cancellationToken: Cancellation);
        DeploymentStatus status = Fleet.Voices.Status[0];
        Assert.Equal((1L, 0L, 0), (status.Calls, status.Failures, status.InFlight));
        Assert.True(Fleet.Voices.Spend.Spent > 0);
        RoutedSpeech chosen = await Fleet.Voices.SpeakAsync(Text, new SpeechOptions { ModelId = "tts-1" }, Cancellation);
        Assert.Equal(Tts, chosen.Deployment);
    }

#pragma warning disable MEAI001 // The framework's interface may still change.
    [Fact]
    public async Task The_framework_gets_the_same_whole_and_streamed()
    {
        ITextToSpeechClient client = Fleet.Tts;
        RoutedSpeech own = await Fleet.Tts.SpeakAsync(Text, new SpeechOptions { Format = "flac" }, Cancellation);
        var options = new TextToSpeechOptions { AudioFormat = "audio/flac", VoiceId = "nova", Pitch = 1 };

        TextToSpeechResponse answer = await client.GetAudioAsync(Text, options, Cancellation);

        var audio = Assert.IsType<DataContent>(Assert.Single(answer.Contents));
        Assert.Equal(("audio/flac", Tts), (audio.MediaType, answer.ModelId));
        Assert.Equal(own.Audio.ToArray(), audio.Data.ToArray());
        Assert.Equal(["Pitch: left out"], Assert.IsType<string[]>(answer.AdditionalProperties![RoutedResponse.LeftOutProperty]));
        List<TextToSpeechResponseUpdate> updates = await TranscriptionTests.ListAsync(client.GetStreamingAudioAsync(Text, options, Cancellation));
        Assert.Equal(own.Audio.ToArray(), updates.SelectMany(update => update.Contents).OfType<DataContent>().SelectMany(content => content.Data.ToArray()));
        Assert.Equal(TextToSpeechResponseUpdateKind.SessionClose, updates[^1].Kind);
        Assert.Equal("tts", client.GetService<TextToSpeechClientMetadata>()?.DefaultModelId);
    }
#pragma warning restore MEAI001

    private SpeechGroup Group(string name) => name switch
    {
        "tts" => Fleet.Tts,
        "azure-voice" => Fleet.AzureVoice,
        "groq-voice" => Fleet.GroqVoice,
        _ => Fleet.MiniTts,
    };
}
