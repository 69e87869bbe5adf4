namespace RouterGen.Declarations.Problems;

/// <summary>The keys under which a diagnostic tells its code fix what to do.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The text to put in place of the string that the diagnostic points at (RG0006, RG0101, RG0102–RG0104, RG0202).</summary>
    public const string Replacement = nameof(Replacement);

    /// <summary>The model groups that a deployment could belong to, separated by line feeds (RG0005).</summary>
    public const string Groups = nameof(Groups);

    /// <summary>The environment variable to name (RG0111, RG0112).</summary>
    public const string Variable = nameof(Variable);

    /// <summary>The name of the strategy that ignores the weights (RG0107).</summary>
    public const string Strategy = nameof(Strategy);

    /// <summary>What a class lacks: <c>partial</c> where adding that is enough (RG0001, RG0401).</summary>
    public const string Missing = nameof(Missing);

    /// <summary>The argument to add to a call, with its name where it needs one (RG0302).</summary>
    public const string Argument = nameof(Argument);
}
