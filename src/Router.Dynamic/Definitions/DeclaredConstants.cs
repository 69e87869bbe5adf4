using System.Text.Encodings.Web;
using System.Text.Json;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Specs;
using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Definitions;

/// <summary>What codecs are specialised with where groups are read while the program runs: the values that a build has in a struct of its own.</summary>
internal readonly struct DeclaredConstants(byte[] requestPrefix, ModelProfile profile) : IDeploymentConstants
{
    public ReadOnlySpan<byte> RequestPrefix => requestPrefix;

    public ModelProfile Profile => profile;

    /// <summary>Returns the constants of a deployment.</summary>
    public static DeclaredConstants Of(ConstantsSpec spec)
    {
        string? members = spec.BodyStart ?? (DialectRow.Of(spec.Dialect).NamesModelInPath ? "" : null);
        string prefix = "{" + (members ?? $"\"model\":\"{JsonEncodedText.Encode(spec.Model, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");
        return new(System.Text.Encoding.UTF8.GetBytes(prefix), ProfileOf(spec));
    }

    private static ModelProfile ProfileOf(ConstantsSpec spec) => new(spec.Provider, spec.Model)
    {
        Capabilities = (ModelCapabilities)(int)spec.Traits.Capabilities,
        Parameters = (ModelParameters)(int)spec.Traits.Parameters,
        Quirks = spec.Traits.Quirks,
        Efforts = (ModelEfforts)(int)spec.Efforts.Taken,
        EffortsWithTools = (ModelEfforts?)(int?)spec.Efforts.WithTools,
        DefaultMaxOutputTokens = spec.DefaultMaxOutputTokens,
        Dimensions = spec.Embedding?.Dimensions ?? 0,
        MaxBatchTexts = spec.Embedding?.Texts ?? 0,
        MaxBatchTokens = spec.Embedding?.Tokens ?? 0,
        MaxFileBytes = spec.Sound?.FileBytes ?? 0,
        MaxCharacters = spec.Sound?.Characters ?? 0,
        DefaultVoice = spec.Sound?.Voice,
        ServiceTier = (ServiceTier?)(int?)spec.Tier,
    };
}
