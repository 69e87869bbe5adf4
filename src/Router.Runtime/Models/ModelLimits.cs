// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>How many tokens a model can read and write; null where that is not known.</summary>
/// <param name="ContextWindow">The most tokens of a prompt and its answer together.</param>
/// <param name="InputLimit">The most tokens of a prompt, where the model is known to take fewer than its window holds.</param>
/// <param name="OutputLimit">
/// The most tokens of an answer, reasoning included. It is the model's own limit: what a request allows is <c>max_tokens</c>, which a
/// call states, or the deployment.
/// </param>
public readonly record struct ModelLimits(int? ContextWindow = null, int? InputLimit = null, int? OutputLimit = null)
{
    /// <summary>Gets the most tokens that a prompt can have: the input limit, or the context window where none is known; null where neither is.</summary>
    public int? LongestPrompt => InputLimit < ContextWindow ? InputLimit : ContextWindow ?? InputLimit;
}
