namespace RouterGen;

/// <summary>A document in its place of a ranking.</summary>
/// <param name="Index">The document's place in the request, from 0.</param>
/// <param name="Score">
/// How well it answers the query: the more, the better. Most providers give numbers from 0 to 1; scores of different models cannot be compared, nor
/// be taken for probabilities.
/// </param>
/// <param name="Document">The document, as it was given.</param>
public sealed record RankedDocument(int Index, double Score, string Document);
