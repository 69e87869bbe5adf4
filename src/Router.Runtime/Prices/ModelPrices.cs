// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>
/// What a model costs: by the length of the prompt, the service tier, the day and the hour. Equal to another one where all prices and
/// conditions are.
/// </summary>
/// <param name="Standard">The prices where no variant holds.</param>
public sealed partial record ModelPrices(TokenPrices Standard)
{
    /// <summary>Makes prices that depend on nothing, without a discount or surcharge for the cache, in USD per million tokens.</summary>
    /// <param name="input">Input tokens.</param>
    /// <param name="output">Output tokens.</param>
    public ModelPrices(decimal input, decimal output) : this(new TokenPrices(input, output))
    {
    }

    /// <summary>Gets what holds in place of <see cref="Standard"/>. Of several that hold, the last counts.</summary>
    public IReadOnlyList<PriceVariant> Variants
    {
        get;
        init
        {
            field = value;
            DependsOnTime = value.Any(static variant => variant.DependsOnTime);
        }
    } = [];

    /// <summary>Gets whether they depend on the time.</summary>
    internal bool DependsOnTime { get; private init; }

    /// <summary>Returns the prices of a call that makes no images.</summary>
    /// <param name="promptTokens">The tokens of the prompt, cached ones counted in.</param>
    /// <param name="tier">The service tier that served it.</param>
    /// <param name="at">When the provider was asked.</param>
    public TokenPrices For(long promptTokens, ServiceTier tier, DateTimeOffset at)
    {
        for (int i = Variants.Count - 1; i >= 0; i--)
        {
            if (!Variants[i].DependsOnImages && Variants[i].Holds(promptTokens, tier, at)) return Variants[i].Prices;
        }

        return Standard;
    }

    /// <summary>Returns whether another one has the same prices under the same conditions.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(ModelPrices? other) => other is not null && Standard == other.Standard && Variants.SequenceEqual(other.Variants);

    /// <inheritdoc/>
    public override int GetHashCode() => (Standard.GetHashCode() * 31) + Variants.Count;
}
