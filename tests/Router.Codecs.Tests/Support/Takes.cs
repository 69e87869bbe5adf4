using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>What the model of a test takes, in one value: capabilities, parameters and the quirks of a dialect.</summary>
internal readonly record struct Takes(ModelCapabilities Capabilities = default, ModelParameters Parameters = default, int Quirks = 0)
{
    public static readonly Takes Nothing = default;

    public static implicit operator Takes(ModelCapabilities capabilities) => new(Capabilities: capabilities);

    public static implicit operator Takes(ModelParameters parameters) => new(Parameters: parameters);

    public static implicit operator Takes(OpenAIQuirks quirks) => new(Quirks: (int)quirks);

    public static implicit operator Takes(AnthropicQuirks quirks) => new(Quirks: (int)quirks);

    public static implicit operator Takes(GeminiQuirks quirks) => new(Quirks: (int)quirks);

    public static implicit operator Takes(ConverseQuirks quirks) => new(Quirks: (int)quirks);

    public static Takes operator |(Takes left, Takes right) => new(left.Capabilities | right.Capabilities, left.Parameters | right.Parameters, left.Quirks | right.Quirks);

    public Takes Without(Takes less) => new(Capabilities & ~less.Capabilities, Parameters & ~less.Parameters, Quirks & ~less.Quirks);

    /// <summary>A model that takes this.</summary>
    public ModelProfile Of(string provider, string model, int defaultMaxOutputTokens = 0) =>
        new(provider, model) { Capabilities = Capabilities, Parameters = Parameters, Quirks = Quirks, DefaultMaxOutputTokens = defaultMaxOutputTokens };
}
