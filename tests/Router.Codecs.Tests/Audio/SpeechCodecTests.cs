using System.Text;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Audio;

/// <summary>Requests to speak, and what is read of sound and of events with pieces of it, whatever bytes they are.</summary>
public class SpeechCodecTests
{
    private const string Delta = """{"type":"speech.audio.delta","audio":"SUQz"}""";
    private const string Done = """{"type":"speech.audio.done","usage":{"input_tokens":14,"output_tokens":101,"total_tokens":115}}""";

    public static TheoryData<string, string, SpeechOptions, string> Requests => new()
    {
        { """{"model":"m","input":"Hi \"you\"","voice":"alloy"}""", "", new(), "plain" },
        { """{"model":"m","input":"Hi \"you\"","voice":"nova","response_format":"opus","speed":0.5,"instructions":"Slow"}""", "", new() { Voice = "nova", Format = "OPUS", Speed = 0.5f, Instructions = "Slow" }, "instructed" },
        { """{"model":"m","input":"Hi \"you\"","voice":"mine"}""", "Instructions: left out;Language: left out", new() { Voice = "nova", Voices = new Dictionary<string, string> { ["test"] = "mine", ["tes"] = "x" }, Instructions = "Slow", Language = "de" }, "plain" },
        { """{"model":"m","input":"Hi \"you\"","voice":"nova","stream_format":"sse","extra":[1]}""", "input: left out, since the router decides it", new() { Voice = "nova", Voices = new Dictionary<string, string> { ["other"] = "x" }, AdditionalProperties = new Dictionary<string, object?> { ["extra"] = new[] { 1 }, ["input"] = "x", ["routergen.x"] = 1 } }, "events" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_is_as_the_model_takes_it(string expected, string notes, SpeechOptions options, string model)
    {
        var body = new RequestWriter();
        Assert.Null(OpenAISpeechRequest.Write(new SpeechRequest("Hi \"you\"", options), body, "{\"model\":\"m\""u8, Model(model)));
        Assert.Equal(expected, Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd());
        Assert.Equal(notes.Split(';', StringSplitOptions.RemoveEmptyEntries), body.Notes ?? []);
    }

    [Fact]
    public void A_property_that_cannot_be_written_is_refused() =>
        Assert.Equal(FailureKind.Unsupported, OpenAISpeechRequest.Write(new SpeechRequest("Hi", new SpeechOptions { AdditionalProperties = new Dictionary<string, object?> { ["x"] = new MemoryStream() } }), new RequestWriter(), "{\"model\":\"m\""u8, Model("plain"))?.Kind);

    [Theory]
    [InlineData("😀é", 2)]
    [InlineData("abc", 3)]
    public void Characters_are_those_of_Unicode(string text, int count) => Assert.Equal(count, new SpeechRequest(text).Characters);

    [Fact]
    public void Events_bring_pieces_and_the_usage()
    {
        var decoder = new OpenAISpeechStream(Model("events"));
        Assert.Equal(StreamSignal.Update, decoder.Read([], Encoding.UTF8.GetBytes(Delta), out SpeechUpdate? update, out _));
        Assert.Equal("ID3"u8.ToArray(), update!.Audio.ToArray());
        Assert.Equal(StreamSignal.Continue, decoder.Read([], """{"type":"new.event","audio":null}"""u8, out _, out _));
        Assert.Equal(StreamSignal.Completed, decoder.Read([], Encoding.UTF8.GetBytes(Done), out update, out _));
        Assert.Equal((14L, 101L), (update!.Usage!.InputTokenCount, update.Usage.OutputTokenCount));
        Assert.False(decoder.EndsWithConnection);
    }

    [Theory]
    [InlineData("[1]", FailureKind.InvalidResponse)]
    [InlineData("{\"type\"", FailureKind.InvalidResponse)]
    [InlineData("""{"type":"speech.audio.delta","audio":"SUQ"}""", FailureKind.InvalidResponse)] // cut
    [InlineData("""{"type":"speech.audio.delta","audio":7}""", FailureKind.InvalidResponse)]
    [InlineData("""{"error":{"message":"Busy","code":503}}""", FailureKind.Overloaded)]
    [InlineData("""{"type":"error","message":"Busy","code":"503"}""", FailureKind.Overloaded)]
    public void An_event_that_is_an_error_or_none_ends_the_stream(string data, FailureKind kind)
    {
        Assert.Equal(StreamSignal.Failed, new OpenAISpeechStream(Model("events")).Read([], Encoding.UTF8.GetBytes(data), out _, out AttemptFailure? failure));
        Assert.Equal(kind, failure!.Kind);
    }

    [Theory]
    [InlineData(Delta)]
    [InlineData(Done)]
    public void Mutated_events_never_throw(string data)
    {
        byte[] whole = Encoding.UTF8.GetBytes(data);
        var random = new Random(20261130);
        int failed = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (new OpenAISpeechStream(Model("events")).Read([], Mutation.Of(whole, random), out _, out _) is StreamSignal.Failed) failed++;
        }

        Assert.InRange(failed, 1, 1999); // Both ways were gone.
    }

    public static TheoryData<string, string?, FailureKind?> Bodies => new()
    {
        { "ID3 sound", null, null },
        { "{\u00FF sound", null, null },
        { "{\"a\" sound", "pcm", null }, // Plain sound may begin with anything.
        { "", null, null }, // The caller calls it empty.
        { "{", null, FailureKind.InvalidResponse },
        { " { \"message\":\"Invalid API key\",\"code\":401}", null, FailureKind.AuthenticationFailed },
        { """{"error":{"message":"Busy","code":503}}""", "pcm", FailureKind.Overloaded },
        { "<!DOCTYPE html><html>", null, FailureKind.InvalidResponse },
        { "{}", "mp3", FailureKind.InvalidResponse },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_text_in_the_place_of_sound_is_none(string text, string? format, FailureKind? kind)
    {
        byte[] body = Encoding.Latin1.GetBytes(text);
        var codec = new OpenAISpeechCodec<Plain>();
        var request = new SpeechRequest("Hi", new SpeechOptions { Format = format });

        AttemptFailure? failure = codec.ReadReply(request, body, out RoutedSpeech? reply);

        Assert.Equal(kind, failure?.Kind);
        Assert.Equal(kind is null ? body : null, reply?.Audio.ToArray());
        if (body.Length == 0) return;
        StreamDecoder<SpeechUpdate> decoder = codec.StartStream(request);
        Assert.Equal(kind is null ? StreamSignal.Update : StreamSignal.Failed, decoder.Read([], body, out SpeechUpdate? update, out failure));
        Assert.Equal((kind, kind is null), (failure?.Kind, decoder.UsageSoFar is not null));
        Assert.Equal(kind is null ? body : null, update?.Audio.ToArray());
        Assert.True(decoder.EndsWithConnection);
    }

    [Theory]
    [InlineData(null, "ID3", "audio/mpeg")]
    [InlineData("mp3", "RIFF....WAVE", "audio/wav")] // what a server of one format sends
    [InlineData("aac", "\u00FF\u00F1", "audio/aac")]
    [InlineData("opus", "OggS", "audio/ogg")]
    [InlineData("pcm", "ID3", "audio/pcm")]
    [InlineData("PCM", "x", "audio/pcm")]
    [InlineData(null, "x", "application/octet-stream")]
    public void The_media_type_is_that_of_the_sound(string? format, string start, string mediaType) =>
        Assert.Equal(mediaType, SpeechCodec.SoundOf(new SpeechRequest("Hi", new SpeechOptions { Format = format }), Encoding.Latin1.GetBytes(start), null).MediaType);

    private static ModelProfile Model(string name) => new("test", "m")
    {
        DefaultVoice = "alloy",
        Parameters = name switch { "events" => ModelParameters.SpeechEvents, "instructed" => ModelParameters.SpokenInstructions, _ => ModelParameters.None },
    };

    private readonly struct Plain : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = Model("plain");
    }
}
