using System.Collections.Immutable;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.ModelsJson;

/// <summary>What a models.json says, as far as it was understood.</summary>
/// <param name="ClassName">The class for which it declares.</param>
/// <param name="Declarations">What it declares.</param>
/// <param name="Problems">What is wrong with the file itself.</param>
internal sealed record ModelsFile(string ClassName, DeclarationSource Declarations, ImmutableArray<DeclarationProblem> Problems)
{
    public const string DefaultClass = "Models";

    /// <summary>Whether it is a file of another program, which is left alone.</summary>
    public bool IsForeign { get; init; }
}

/// <summary>What the generator keeps of a models.json.</summary>
internal sealed record ModelsFileSnapshot(string Path, string ClassName, DeclarationsSnapshot Declarations);
