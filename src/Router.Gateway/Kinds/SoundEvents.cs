using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Kinds;

/// <summary>Sound as events, with its bytes in Base64: https://platform.openai.com/docs/api-reference/audio/speech-audio-delta-event.</summary>
internal sealed class SoundEvents : KindEvents<SpeechUpdate>
{
    private protected override void Write(SpeechUpdate update)
    {
        if (!update.Audio.IsEmpty) WriteEvent("speech.audio.delta", json => json.WriteBase64String("audio"u8, update.Audio.Span));
        if (update.Speech is null) return;
        WriteEvent("speech.audio.done", json =>
        {
            if ((update.Speech.Usage ?? update.Usage) is not { } usage) return;
            json.WriteStartObject("usage"u8);
            json.WriteNumber("input_tokens"u8, usage.InputTokenCount ?? 0);
            json.WriteNumber("output_tokens"u8, usage.OutputTokenCount ?? 0);
            json.WriteNumber("total_tokens"u8, TokenTotals.Of(usage));
            json.WriteEndObject();
        });
    }
}
