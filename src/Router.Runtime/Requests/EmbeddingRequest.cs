using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A request for the vectors of texts, before any dialect: one batch, which goes to one deployment.</summary>
/// <param name="texts">The texts, at least one; none is null or empty. Never changed.</param>
/// <param name="options">The caller's options. Never changed.</param>
/// <param name="generator">The generator that was asked, for <see cref="EmbeddingGenerationOptions.RawRepresentationFactory"/>.</param>
public sealed class EmbeddingRequest(ReadOnlyMemory<string> texts, EmbeddingGenerationOptions? options = null, IEmbeddingGenerator? generator = null) : CallRequest(isStreaming: false)
{
    /// <inheritdoc/>
    public override CallKind Kind => CallKind.Embeddings;

    /// <summary>Gets the texts, at least one.</summary>
    public ReadOnlyMemory<string> Texts { get; } = texts;

    /// <summary>Gets the caller's options.</summary>
    public EmbeddingGenerationOptions? Options { get; } = options;

    /// <summary>Gets the generator that was asked; null where a codec is used without one.</summary>
    public IEmbeddingGenerator? Generator { get; } = generator;

    /// <summary>Gets the length of the vectors that is asked for; null for the model's usual one.</summary>
    public int? Dimensions => Options?.Dimensions ?? GroupDimensions;

    /// <summary>Gets the length that the group states for all of its vectors.</summary>
    internal int? GroupDimensions { get; init; }

    /// <summary>Gets the length of the vectors that the group has handed out so far, for models of which it is not known; null for a request of no group.</summary>
    internal EmbeddingLength? Usual { get; init; }

    internal override ulong? HashOfPrefix(int characters) => null; // Nothing of it is cached by providers.

    internal override CallRequest Copy() => new EmbeddingRequest(Texts, Options?.Clone(), Generator) { GroupDimensions = GroupDimensions, Usual = Usual, LeftOut = LeftOut };

    private protected override RequestShape Measure()
    {
        long all = 0;
        int longest = 0;
        foreach (string text in Texts.Span)
        {
            int tokens = text.Length / RequestShape.CharactersPerToken + 1;
            all += tokens;
            longest = Math.Max(longest, tokens);
        }

        return new RequestShape((int)Math.Min(all, int.MaxValue), OutputTokens: 0, ModelCapabilities.None) { LongestPrompt = longest };
    }
}

/// <summary>The length of vectors that is known from the first answer on: all that go into one index must have it.</summary>
internal sealed class EmbeddingLength
{
    private int _value;

    /// <summary>Gets the length; 0 where there was no answer yet.</summary>
    public int Value => Volatile.Read(ref _value);

    /// <summary>Notes the length of an answer's vectors, where it is the first.</summary>
    /// <returns>The length that holds.</returns>
    public int Note(int length) => Interlocked.CompareExchange(ref _value, length, 0) is > 0 and var earlier ? earlier : length;
}
