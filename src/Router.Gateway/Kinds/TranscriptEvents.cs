using System.Globalization;

namespace RouterGen.Gateway.Kinds;

/// <summary>What is said in a file, as events while it is written down: https://platform.openai.com/docs/api-reference/audio/transcript-text-delta-event.</summary>
internal sealed class TranscriptEvents : KindEvents<TranscriptionUpdate>
{
    private int _segments;

    private protected override void Write(TranscriptionUpdate update)
    {
        if (update.Text.Length > 0) WriteEvent("transcript.text.delta", json => json.WriteString("delta"u8, update.Text));
        if (update.Segment is { } segment)
        {
            WriteEvent("transcript.text.segment", json =>
            {
                json.WriteString("id"u8, string.Create(CultureInfo.InvariantCulture, $"seg_{_segments++}"));
                TranscriptJson.WriteSegment(json, segment);
            });
        }

        if (update.Transcription is { } whole)
        {
            WriteEvent("transcript.text.done", json =>
            {
                json.WriteString("text"u8, whole.Text);
                TranscriptJson.WriteUsage(json, whole.Usage);
            });
        }
    }
}
