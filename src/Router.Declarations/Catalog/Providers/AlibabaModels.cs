using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelTraits;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Alibaba Cloud Model Studio and its Qwen models: https://www.alibabacloud.com/help/en/model-studio.</summary>
internal static class AlibabaModels
{
    // Answers can be JSON, but not of each model by a schema.
    private const ModelTraits Chat = Sampling | TopK | Penalties | Stop | Seed | Tools | ParallelToolCalls | Vision | StreamUsageOption | DialectRow.ReasoningAsItCame;

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
