using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Catalog;
using RouterGen.Generator.Json;

namespace RouterGen.Generator.PriceMaps;

/// <summary>What a price map says, and what is wrong with it.</summary>
/// <param name="Map">What it says; nothing where its syntax is wrong.</param>
/// <param name="SyntaxErrors">What is no JSON.</param>
/// <param name="InvalidValues">What has another type or value than it should, which is taken as not stated.</param>
internal sealed record PriceMapText(PriceMap Map, ImmutableArray<JsonError> SyntaxErrors, ImmutableArray<InvalidValue> InvalidValues);

/// <summary>A value of the wrong type or out of range.</summary>
/// <param name="Name">What it is the value of.</param>
/// <param name="Span">Where it is.</param>
/// <param name="Demand">What it should be.</param>
internal sealed record InvalidValue(string Name, TextSpan Span, string Demand);
