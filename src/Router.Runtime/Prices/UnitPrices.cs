// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>What is paid by the piece, in USD for one; null where it costs nothing beside the tokens.</summary>
public sealed record UnitPrices
{
    /// <summary>Gets the price of a call, whatever is in it.</summary>
    public decimal? Request { get; init; }

    /// <summary>Gets the price of a search that the provider makes for the model, and of a unit of search that documents are ranked in.</summary>
    public decimal? Search { get; init; }

    /// <summary>Gets the price of an image that the model reads.</summary>
    public decimal? ImageRead { get; init; }

    /// <summary>Gets the price of an image that the model makes.</summary>
    public decimal? ImageMade { get; init; }

    /// <summary>Gets the price of a million pixels of images that the model makes.</summary>
    public decimal? MegapixelMade { get; init; }

    /// <summary>Gets the price of a second of sound that the model hears.</summary>
    public decimal? SecondHeard { get; init; }

    /// <summary>Gets the price of a second of sound that the model makes.</summary>
    public decimal? SecondSpoken { get; init; }

    /// <summary>Gets the price of a character of a text that the model speaks.</summary>
    public decimal? CharacterSpoken { get; init; }
}
