using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>A dialect of models that speak, specialised for one deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SpeechCodec : Codec
{
    /// <summary>Gets how an answer is divided: not at all where it is the sound itself, else into server-sent events.</summary>
    public sealed override StreamFraming Framing => HasEvents ? base.Framing : StreamFraming.Bytes;

    /// <summary>Gets whether answers are events with pieces of the sound.</summary>
    protected virtual bool HasEvents => false;

    /// <summary>Writes the body of a request.</summary>
    /// <returns>Null, or why this dialect or model cannot carry the request (<see cref="FailureKind.Unsupported"/>).</returns>
    public abstract AttemptFailure? WriteRequest(SpeechRequest request, RequestWriter body);

    /// <summary>Reads the whole body of a successful (2xx) answer: the sound itself, unless the dialect puts it into something.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="body">The body, complete.</param>
    /// <param name="reply">The answer; null where there is a failure.</param>
    /// <returns>Null, or why the body is no answer.</returns>
    public virtual AttemptFailure? ReadReply(SpeechRequest request, ReadOnlySpan<byte> body, out RoutedSpeech? reply)
    {
        reply = null;
        if (SoundDecoder.IsText(request, body)) return ReadText(body);
        reply = SoundOf(request, body.ToArray(), null);
        return null;
    }

    /// <summary>Reads a text in the place of sound: most likely an error.</summary>
    /// <param name="body">The body, as far as it is there.</param>
    public virtual AttemptFailure ReadText(ReadOnlySpan<byte> body) => new(FailureKind.InvalidResponse, "The answer is a text, not sound.") { Detail = "Text" };

    /// <summary>Starts to read a streamed answer: the sound itself, unless the dialect puts it into something.</summary>
    /// <param name="request">What was asked for.</param>
    public virtual StreamDecoder<SpeechUpdate> StartStream(SpeechRequest request) => new SoundDecoder(this, request);

    /// <summary>Makes an answer of sound.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="audio">The sound.</param>
    /// <param name="usage">What the provider counted; null where it did not say.</param>
    public static RoutedSpeech SoundOf(SpeechRequest request, ReadOnlyMemory<byte> audio, UsageDetails? usage)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RoutedSpeech(audio, SoundTypes.Of(request.Options.Format, audio.Span)) { Usage = usage ?? request.KnownUsage };
    }

    internal sealed override AttemptFailure? Write(CallRequest request, RequestWriter body)
    {
        var asked = (SpeechRequest)request;
        return FaultOf(asked.Characters) ?? WriteRequest(asked, body);
    }

    private AttemptFailure? FaultOf(int characters)
    {
        int most = Profile.MaxCharacters;
        if (most == 0 || characters <= most) return null;
        string message = string.Create(CultureInfo.InvariantCulture, $"The text has {characters} characters, and {Profile.Name} takes at most {most}. Divide it, or add a deployment that takes longer texts.");
        return new AttemptFailure(FailureKind.Unsupported, message) { Detail = "TextTooLong" };
    }
}
