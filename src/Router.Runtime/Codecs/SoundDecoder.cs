using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>Reads a stream that is the sound itself. It is complete where its connection ends in good order.</summary>
internal sealed class SoundDecoder(SpeechCodec codec, SpeechRequest request) : StreamDecoder<SpeechUpdate>
{
    private bool _hasBegun;

    /// <summary>Gets the characters, which are paid whether the sound is played to its end or not.</summary>
    public override UsageDetails? UsageSoFar => _hasBegun ? request.KnownUsage : null;

    public override bool EndsWithConnection => true;

    /// <summary>Whether a body is a JSON object or a page, not sound. Plain sound, which may begin with anything, is hardly ever taken for one.</summary>
    public static bool IsText(SpeechRequest request, ReadOnlySpan<byte> start)
    {
        start = start.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty) return false;
        if (start[0] is (byte)'<') return start.StartsWith("<!"u8) || start.StartsWith("<html"u8) || start.StartsWith("<?xml"u8);
        if (start[0] is not (byte)'{') return false;
        if (string.Equals(request.Options.Format, "pcm", StringComparison.OrdinalIgnoreCase)) return start.StartsWith("{\"error\""u8);
        return start[1..].TrimStart(" \t\r\n"u8) is [] or [(byte)'"' or (byte)'}', ..];
    }

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out SpeechUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        if (!_hasBegun && IsText(request, data))
        {
            failure = codec.ReadText(data);
            return StreamSignal.Failed;
        }

        _hasBegun = true;
        update = new SpeechUpdate(data.ToArray());
        return StreamSignal.Update;
    }
}
