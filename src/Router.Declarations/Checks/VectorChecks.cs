using System.Globalization;

namespace RouterGen.Declarations.Checks;

/// <summary>Finds embedding models whose vectors must not meet in one index.</summary>
internal static class VectorChecks
{
    private const string OneModel = "Keep to one model, at as many providers as serve it";

    /// <summary>Returns how vectors differ, and what to do; null where they do not, as far as is known.</summary>
    /// <param name="all">What is known of the deployments that may answer for each other.</param>
    /// <param name="allowsModels">Whether models may differ: then their vectors must have the same length all the same.</param>
    public static (string Difference, string Advice)? Difference(IReadOnlyList<VectorFacts> all, bool allowsModels)
    {
        List<VectorFacts> known = [.. all.Where(vectors => vectors.Length > 0)];
        if (known.FirstOrDefault(vectors => vectors.Length != known[0].Length) is { } longer)
        {
            return ($"those of '{known[0].Deployment}' have {Text(known[0].Length)} numbers, those of '{longer.Deployment}' {Text(longer.Length)}", OneModel + ", or state Dimensions where the models take them");
        }

        if (allowsModels || all.FirstOrDefault(vectors => vectors.Space != all[0].Space) is not { } other) return null;
        return ($"'{all[0].Deployment}' and '{other.Deployment}' are different models", OneModel + ", or state AllowDifferentModels = true");
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>What is known of a deployment's vectors.</summary>
/// <param name="Deployment">The deployment's name.</param>
/// <param name="Space">The model that makes them, wherever it is served.</param>
/// <param name="Length">How many numbers they have; 0 where that is not known.</param>
internal sealed record VectorFacts(string Deployment, string Space, int Length)
{
    // What stands before and behind the name of one model at different hosts.
    private static readonly string[] Makers = ["cohere.", "amazon."];

    /// <summary>Returns the name of a model without its maker, its host's path, its tag and its case.</summary>
    public static string SpaceOf(string model)
    {
        string name = model.Substring(model.LastIndexOf('/') + 1).ToLowerInvariant();
        int tag = name.IndexOf(':');
        if (tag > 0) name = name.Substring(0, tag);
        foreach (string maker in Makers)
        {
            if (name.StartsWith(maker, StringComparison.Ordinal)) name = name.Substring(maker.Length);
        }

        return name;
    }
}
