// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>Other prices of a model under some condition: all that is stated must hold.</summary>
/// <param name="Prices">What then holds in place of the standard prices, for the whole call.</param>
public sealed record PriceVariant(TokenPrices Prices)
{
    /// <summary>Gets how many tokens a prompt must exceed, cached ones counted in; 0 for prompts of any length.</summary>
    public int AbovePromptTokens { get; init; }

    /// <summary>Gets how many pixels an image that is made must exceed; 0 for images of any size.</summary>
    public int AbovePixels { get; init; }

    /// <summary>Gets the quality that images must be asked for in, as the provider names it; null for any.</summary>
    public string? ImageQuality { get; init; }

    /// <summary>Gets the service tier; null for all of them.</summary>
    public ServiceTier? Tier { get; init; }

    /// <summary>Gets the moment from which it holds; null where it has always held.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the hours in which it holds; null for all.</summary>
    public PriceHours? Hours { get; init; }

    /// <summary>Gets whether it depends on the images that are made.</summary>
    internal bool DependsOnImages => AbovePixels > 0 || ImageQuality is not null;

    /// <summary>Gets whether it depends on the time.</summary>
    internal bool DependsOnTime => From is not null || Hours is not null;

    /// <summary>Returns whether it holds for a call.</summary>
    /// <param name="promptTokens">The tokens of the prompt.</param>
    /// <param name="tier">The service tier that served it.</param>
    /// <param name="at">When the provider was asked.</param>
    internal bool Holds(long promptTokens, ServiceTier tier, DateTimeOffset at) =>
        (AbovePromptTokens == 0 || promptTokens > AbovePromptTokens) && (Tier is null || Tier == tier) && !(at < From) && Hours?.Contains(at) is not false;
}
