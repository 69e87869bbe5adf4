namespace RouterGen;

/// <summary>What a model finds harmful in one input.</summary>
/// <param name="flagged">Whether it is harmful.</param>
/// <param name="categories">Whether it is, by category.</param>
/// <param name="scores">How sure the model is, by category.</param>
/// <param name="appliedInputTypes">Which parts of the input a score is of, by category; null where the provider does not say.</param>
public sealed class Moderation(
    bool flagged, IReadOnlyDictionary<string, bool> categories, IReadOnlyDictionary<string, double> scores, IReadOnlyDictionary<string, IReadOnlyList<string>>? appliedInputTypes = null)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Unsaid = [];

    /// <summary>Gets whether the input is harmful: what the provider says, or where it does not, whether it is in any category.</summary>
    public bool Flagged { get; } = flagged;

    /// <summary>Gets whether the input is harmful in a category, by the provider's names for them: <c>violence/graphic</c>. Providers differ in their categories.</summary>
    public IReadOnlyDictionary<string, bool> Categories { get; } = categories;

    /// <summary>Gets how sure the model is that the input is harmful in a category, from 0 to 1, by the provider's names for them. Scores of different models cannot be compared.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; } = scores;

    /// <summary>Gets which parts of the input a category's score is of, <c>text</c> or <c>image</c>, by the provider's names for the categories; empty where it does not say.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> AppliedInputTypes { get; } = appliedInputTypes ?? Unsaid;
}
