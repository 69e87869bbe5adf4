using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Alibaba Cloud Model Studio and its Qwen models: https://www.alibabacloud.com/help/en/model-studio.</summary>
internal static class AlibabaModels
{
    // Answers can be JSON, but not of each model by a schema.
    private static readonly ModelTraits Chat =
        new ModelTraits(Tools | Vision, Sampling | TopK | Penalties | Stop | Seed | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

    public static readonly ProviderRow Provider = new("dashscope", Dialect.OpenAIChat, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1")
    {
        Aliases = ["alibaba"],
        EndpointVariable = "DASHSCOPE_API_BASE",
        KeyVariable = "DASHSCOPE_API_KEY",
        KeyPrefixes = ["sk-"],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
