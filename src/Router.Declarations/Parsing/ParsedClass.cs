using System.Collections.Immutable;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>What a class declares. The generator keeps the spec, the analyzer the problems.</summary>
/// <param name="Spec">All that can be generated; null where nothing can.</param>
/// <param name="Problems">All that is wrong.</param>
internal sealed record ParsedClass(ClassSpec? Spec, ImmutableArray<DeclarationProblem> Problems);
