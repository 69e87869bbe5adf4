using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A request for whether texts, or one message of texts and images, are harmful, before any dialect.</summary>
public sealed class ModerationRequest : CallRequest
{
    // What an image counts where nothing else is known: that of a tile in OpenAI's models, https://platform.openai.com/docs/guides/images-vision.
    private const int TokensPerImage = 765;

    /// <inheritdoc/>
    public override CallKind Kind => CallKind.Moderation;

    /// <summary>Makes a request for texts.</summary>
    /// <param name="texts">The texts, at least one; none is null or empty. Never changed.</param>
    /// <param name="options">The caller's options. Never changed.</param>
    public ModerationRequest(ReadOnlyMemory<string> texts, ModerationOptions? options = null) : base(isStreaming: false)
    {
        Texts = texts;
        Options = options;
    }

    /// <summary>Makes a request for one message.</summary>
    /// <param name="contents">The parts of the message, at least one. Never changed.</param>
    /// <param name="options">The caller's options. Never changed.</param>
    public ModerationRequest(IReadOnlyList<AIContent> contents, ModerationOptions? options = null) : base(isStreaming: false)
    {
        Contents = contents;
        Options = options;
    }

    /// <summary>Gets the texts, each of which is judged alone; none where <see cref="Contents"/> are.</summary>
    public ReadOnlyMemory<string> Texts { get; }

    /// <summary>Gets the parts of the message that is judged as one; null where <see cref="Texts"/> are.</summary>
    public IReadOnlyList<AIContent>? Contents { get; }

    /// <summary>Gets the caller's options.</summary>
    public ModerationOptions? Options { get; }

    /// <summary>Gets how many judgements the answer must have.</summary>
    public int Inputs => Contents is null ? Texts.Length : 1;

    internal override ulong? HashOfPrefix(int characters) => null; // Nothing of it is cached by providers.

    internal override CallRequest Copy() => Contents is null
        ? new ModerationRequest(Texts, Options?.Clone()) { LeftOut = LeftOut }
        : new ModerationRequest(Contents, Options?.Clone()) { LeftOut = LeftOut };

    private protected override RequestShape Measure()
    {
        long all = 0;
        int longest = 0;
        bool hasImages = false;
        foreach (string text in Texts.Span) Count(text.Length / RequestShape.CharactersPerToken + 1);
        foreach (AIContent content in Contents ?? [])
        {
            if (content is not TextContent) hasImages = true;
            Count(content is TextContent text ? text.Text.Length / RequestShape.CharactersPerToken + 1 : TokensPerImage);
        }

        return new RequestShape((int)Math.Clamp(all, 1, int.MaxValue), OutputTokens: 0, hasImages ? ModelCapabilities.Vision : ModelCapabilities.None)
        {
            LongestPrompt = Contents is null ? longest : (int)Math.Min(all, int.MaxValue),
        };

        void Count(int tokens)
        {
            all += tokens;
            longest = Math.Max(longest, tokens);
        }
    }
}
