// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>What a call costs under given circumstances; see <see cref="ModelPrices"/>. In USD per million tokens, 0 or more, unless said otherwise.</summary>
/// <param name="Input">Input tokens for which nothing else here holds.</param>
/// <param name="Output">Output tokens for which nothing else here holds.</param>
/// <param name="CacheRead">Input tokens read from the provider's cache.</param>
/// <param name="CacheWrite">Input tokens written to the provider's cache for its usual time, which is five minutes at Anthropic.</param>
public sealed partial record TokenPrices(decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite)
{
    /// <summary>Makes prices without a discount or surcharge for the cache.</summary>
    /// <param name="input">Input tokens.</param>
    /// <param name="output">Output tokens.</param>
    public TokenPrices(decimal input, decimal output) : this(input, output, input, input)
    {
    }

    /// <summary>
    /// Gets the price of input tokens that the provider's cache keeps for an hour. Null where it is 1.6 times <see cref="CacheWrite"/> if that is
    /// above the input price, and <see cref="CacheWrite"/> otherwise: Anthropic's factors on the input price are 1.25 for five minutes and 2 for an
    /// hour (https://platform.claude.com/docs/en/build-with-claude/prompt-caching#pricing), and no other provider reports the two apart.
    /// </summary>
    public decimal? LongCacheWrite { get; init; }

    /// <summary>Gets the price of input tokens that are audio; null where it is <see cref="Input"/>.</summary>
    public decimal? AudioInput { get; init; }

    /// <summary>Gets the price of output tokens that are audio; null where it is <see cref="Output"/>.</summary>
    public decimal? AudioOutput { get; init; }

    /// <summary>Gets the price of input tokens that are images; null where it is <see cref="Input"/>.</summary>
    public decimal? ImageInput { get; init; }

    /// <summary>Gets the price of output tokens that are images; null where it is <see cref="Output"/>.</summary>
    public decimal? ImageOutput { get; init; }

    /// <summary>Gets the price of output tokens that are thoughts; null where it is <see cref="Output"/>.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>Gets the price of tokens of cited sources, which are counted beside the input; null where they cost nothing.</summary>
    public decimal? Citations { get; init; }

    /// <summary>Gets what is paid by the piece, beside the tokens.</summary>
    public UnitPrices? Units { get; init; }
}
