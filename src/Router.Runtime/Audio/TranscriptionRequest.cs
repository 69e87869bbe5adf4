namespace RouterGen;

/// <summary>A request to write down what is said in a file of sound, before any dialect.</summary>
/// <param name="file">The sound. Never changed.</param>
/// <param name="options">The caller's options; null for none.</param>
/// <param name="isStreaming">Whether the answer is to be streamed.</param>
public sealed class TranscriptionRequest(MediaFile file, TranscribeOptions? options = null, bool isStreaming = false) : CallRequest(isStreaming)
{
    /// <inheritdoc/>
    public override CallKind Kind => CallKind.Transcription;

    // Models that count sound in tokens have ten for a second (OpenAI's), which is 16 kB of usual MP3 and 32 kB of plain sound at 16 kHz.
    private const int BytesPerToken = 2000;

    /// <summary>Gets the sound.</summary>
    public MediaFile File { get; } = file;

    /// <summary>Gets the caller's options.</summary>
    public TranscribeOptions Options { get; } = options ?? TranscribeOptions.None;

    internal override ulong? HashOfPrefix(int characters) => null; // Nothing of it is cached by providers.

    internal override CallRequest Copy() => new TranscriptionRequest(File.Copy(), Options) { LeftOut = LeftOut };

    // How long the sound is cannot be told from its size, so no window is held against it.
    private protected override RequestShape Measure()
    {
        int text = (Options.Prompt?.Length ?? 0) / RequestShape.CharactersPerToken + 1;
        return new RequestShape((int)Math.Min(text + File.Length / BytesPerToken, int.MaxValue), OutputTokens: 0, ModelCapabilities.None) { LongestPrompt = text };
    }
}
