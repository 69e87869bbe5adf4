using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A request to speak a text, before any dialect.</summary>
/// <param name="text">The text, which is not empty.</param>
/// <param name="options">The caller's options; null for none.</param>
/// <param name="isStreaming">Whether the answer is to be streamed.</param>
public sealed class SpeechRequest(string text, SpeechOptions? options = null, bool isStreaming = false) : CallRequest(isStreaming)
{
    /// <inheritdoc/>
    public override CallKind Kind => CallKind.Speech;

    /// <summary>Gets the text.</summary>
    public string Text { get; } = text;

    /// <summary>Gets the caller's options.</summary>
    public SpeechOptions Options { get; } = options ?? SpeechOptions.None;

    /// <summary>Gets how many characters the text has, as Unicode counts them: what providers limit and what they are paid by.</summary>
    public int Characters { get; } = text.Length - CountLowSurrogates(text);

    /// <summary>Gets what is known of the usage before an answer: the characters, by which some providers are paid.</summary>
    internal UsageDetails KnownUsage => new() { AdditionalCounts = new() { [UsageCounts.CharactersSpoken] = Characters } };

    internal override ulong? HashOfPrefix(int characters) => null; // Nothing of it is cached by providers.

    internal override CallRequest Copy() => new SpeechRequest(Text, Options) { LeftOut = LeftOut };

    private protected override RequestShape Measure() => new((Text.Length + (Options.Instructions?.Length ?? 0)) / RequestShape.CharactersPerToken + 1, OutputTokens: 0, ModelCapabilities.None);

    private static int CountLowSurrogates(string text)
    {
        int count = 0;
        foreach (char character in text) count += char.IsLowSurrogate(character) ? 1 : 0;
        return count;
    }
}
