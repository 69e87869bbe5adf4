namespace RouterGen.Declarations.Model;

/// <summary>USD per million tokens.</summary>
internal sealed record TokenPrices(decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite);
