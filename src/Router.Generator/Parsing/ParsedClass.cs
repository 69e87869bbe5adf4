using System.Collections.Immutable;
using RouterGen.Generator.Diagnostics;
using RouterGen.Generator.Model;

namespace RouterGen.Generator.Parsing;

/// <summary>What a class declares. The generator keeps the spec, the analyzer the problems.</summary>
/// <param name="Spec">All that can be generated; null where nothing can.</param>
/// <param name="Problems">All that is wrong.</param>
internal sealed record ParsedClass(ClassSpec? Spec, ImmutableArray<DeclarationProblem> Problems);
