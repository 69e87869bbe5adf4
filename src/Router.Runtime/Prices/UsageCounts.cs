using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>The names in <see cref="UsageDetails.AdditionalCounts"/> of counts that change what a call costs.</summary>
public static class UsageCounts
{
    /// <summary>Input tokens that were written to the provider's cache, for however long.</summary>
    public const string CacheWrites = "CacheWriteInputTokenCount";

    /// <summary>Those of the <see cref="CacheWrites"/> that the cache keeps for an hour instead of five minutes.</summary>
    public const string LongCacheWrites = "LongCacheWriteInputTokenCount";

    /// <summary>Input tokens that are audio; the name that Microsoft.Extensions.AI.OpenAI gives them.</summary>
    public const string AudioInput = "InputTokenDetails.AudioTokenCount";

    /// <summary>Output tokens that are audio.</summary>
    public const string AudioOutput = "OutputTokenDetails.AudioTokenCount";

    /// <summary>Input tokens that are images.</summary>
    public const string ImageInput = "InputTokenDetails.ImageTokenCount";

    /// <summary>Output tokens that are images.</summary>
    public const string ImageOutput = "OutputTokenDetails.ImageTokenCount";

    /// <summary>Searches that Anthropic made for the model.</summary>
    public const string WebSearches = "web_search_requests";

    /// <summary>Searches that Perplexity made for the model.</summary>
    public const string SearchQueries = "num_search_queries";

    /// <summary>Units of search that documents were ranked in: a query with up to 100 documents is one. The name that Cohere gives them.</summary>
    public const string SearchUnits = "search_units";

    /// <summary>Tokens of the sources that Perplexity's model cited, beside the input.</summary>
    public const string Citations = "citation_tokens";

    /// <summary>Images that the model read, where they are paid by the piece.</summary>
    public const string ImagesRead = "ImagesReadCount";

    /// <summary>Images that the model made, where they are paid by the piece.</summary>
    public const string ImagesMade = "ImagesMadeCount";

    /// <summary>Pixels of all images that the model made.</summary>
    public const string PixelsMade = "PixelsMadeCount";

    /// <summary>Sound that the model heard, in milliseconds.</summary>
    public const string MillisecondsHeard = "HeardMillisecondCount";

    /// <summary>Sound that the model made, in milliseconds.</summary>
    public const string MillisecondsSpoken = "SpokenMillisecondCount";

    /// <summary>Characters of the text that the model spoke.</summary>
    public const string CharactersSpoken = "SpokenCharacterCount";

    /// <summary>
    /// What a call with tools cost, in millionths of a millionth of a USD. Usage that is added up over the calls of a function invocation holds the
    /// sum; see <see cref="CallOptionsExtensions.GetCost"/>.
    /// </summary>
    public const string Cost = "CostPicoUsd";

    /// <summary>Calls with tools whose price is not known.</summary>
    public const string Unpriced = "UnpricedCallCount";

    private const string OfQuality = ".";

    /// <summary>Returns the name of the count of those <see cref="ImagesMade"/> for which a quality was asked for, where prices depend on it.</summary>
    /// <param name="quality">The quality, as the provider names it.</param>
    public static string QualityOfImages(string quality) => ImagesMade + OfQuality + quality;
}
