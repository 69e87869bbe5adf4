using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Sources;

namespace RouterGen.Generator.Symbols;

/// <summary>A place in the user's code.</summary>
internal sealed record CodePlace(Location Location) : Place
{
    public override string Path => Location.GetLineSpan().Path ?? "";
}
