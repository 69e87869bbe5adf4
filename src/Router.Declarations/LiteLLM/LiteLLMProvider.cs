namespace RouterGen.Declarations.LiteLLM;

/// <summary>A provider as LiteLLM calls it, and what <c>api_base</c> is for it.</summary>
/// <param name="Name">LiteLLM's name.</param>
/// <param name="Provider">The name here.</param>
internal sealed record LiteLLMProvider(string Name, string Provider)
{
    /// <summary>What LiteLLM itself puts behind <c>api_base</c>, as far as it is part of the base URL here.</summary>
    public string BasePath { get; private init; } = "";

    /// <summary>Whether the path is put behind the name of a server alone.</summary>
    public bool ExpectsBareServer { get; private init; }

    /// <summary>Paths of the protocol that LiteLLM speaks, and with which <c>api_base</c> may end: they are no part of the base URL.</summary>
    public string[] OwnPaths { get; private init; } = [];

    /// <summary>What may precede a model's name to say how it is to be called there.</summary>
    public string[] Routes { get; private init; } = [];

    private static readonly string[] OllamaPaths = ["/api/generate", "/api/chat", "/api", "/v1"];
    private static readonly string[] CoherePaths = ["/v2/chat", "/v1/chat", "/compatibility/v1", "/v1"];

    /// <summary>
    /// The providers whose name or <c>api_base</c> is another there. Elsewhere LiteLLM sends to <c>api_base</c> and
    /// <c>/chat/completions</c>, as is done here.
    /// </summary>
    private static readonly LiteLLMProvider[] All =
    [
        // Ollama's own protocol, at the server itself.
        new("ollama", "ollama") { OwnPaths = OllamaPaths },
        new("ollama_chat", "ollama") { OwnPaths = OllamaPaths },

        // https://docs.litellm.ai/docs/providers/anthropic: /v1/messages is put behind a base that does not end so.
        new("anthropic", "anthropic") { OwnPaths = ["/v1/messages", "/v1"] },

        // Gemini's own protocol here and there, at the base and /models.
        new("gemini", "gemini") { OwnPaths = ["/models", "/openai"] },

        // Cohere's own protocol, at the whole address there.
        new("cohere", "cohere") { BasePath = "/v2", OwnPaths = CoherePaths },
        new("cohere_chat", "cohere") { BasePath = "/v2", OwnPaths = CoherePaths },

        // What is called is told by a part of the name there.
        new("azure", "azure") { Routes = ["o_series/", "gpt5_series/", "responses/"] },

        new("vertex_ai_beta", "vertex_ai"),

        // LiteLLM adds what is missing.
        new("mistral", "mistral") { BasePath = "/v1" },
        new("huggingface", "huggingface") { BasePath = "/v1" },

        // The workspace's endpoints, or the workspace alone.
        new("databricks", "databricks") { BasePath = "/serving-endpoints" },

        // The API of the region itself there, the model gateway beside it here.
        new("watsonx", "watsonx") { BasePath = "/ml/gateway/v1" },

        // Its OpenAI-compatible endpoint, or the other one, there.
        new("minimax", "minimax") { OwnPaths = ["/v1/messages"] },

        // Servers that have nothing at their root.
        new("litellm_proxy", "litellm_proxy") { BasePath = "/v1", ExpectsBareServer = true },
        new("hosted_vllm", "vllm") { BasePath = "/v1", ExpectsBareServer = true },
        new("lm_studio", "lm_studio") { BasePath = "/v1", ExpectsBareServer = true },
        new("llamafile", "llamacpp") { BasePath = "/v1", ExpectsBareServer = true },

        new("bedrock_converse", "bedrock"),
        new("ai21_chat", "ai21"),
        new("custom_openai", "openai"),
        new("openai_like", "openai"),
    ];

    /// <summary>Providers of LiteLLM's that are not there yet: none of them is a misspelt one that is.</summary>
    private static readonly string[] Others =
    [
        "aiml", "aleph_alpha", "anyscale", "azure_text", "bytez", "clarifai", "codestral", "cometapi", "datarobot", "empower", "featherless_ai",
        "friendliai", "galadriel", "github", "github_copilot", "gradient_ai", "hyperbolic", "infinity", "jina_ai", "lambda_ai", "maritalk", "meta_llama", "morph", "nebius", "nlp_cloud", "novita",
        "nscale", "oci", "oobabooga", "ovhcloud", "palm", "petals", "poe", "predibase", "replicate", "sagemaker", "sagemaker_chat", "snowflake", "synthetic", "text-completion-codestral", "text-completion-openai",
        "triton", "v0", "volcengine", "voyage", "wandb", "watsonx_text", "xinference",
    ];

    /// <summary>The row of a provider; one of its own name where there is none.</summary>
    public static LiteLLMProvider Of(string name) => Array.Find(All, row => row.Name == name) ?? new(name, name);

    /// <summary>Whether LiteLLM has a provider of a name that is not known here.</summary>
    public static bool IsElsewhere(string name) => Others.Contains(name, StringComparer.Ordinal);

    /// <summary>The model by its name here.</summary>
    public string ModelOf(string name) => Routes.FirstOrDefault(route => name.StartsWith(route, StringComparison.Ordinal)) is { } route ? name.Substring(route.Length) : name;

    /// <summary>The base URL that an <c>api_base</c> means.</summary>
    public string EndpointOf(string apiBase)
    {
        string endpoint = apiBase.Trim().TrimEnd('/');
        if (BasePath.Length > 0 && endpoint.EndsWith(BasePath, StringComparison.Ordinal)) return endpoint;
        if (OwnPaths.FirstOrDefault(path => endpoint.EndsWith(path, StringComparison.Ordinal)) is { } own) endpoint = endpoint.Substring(0, endpoint.Length - own.Length);
        return ExpectsBareServer && !IsBareServer(endpoint) ? endpoint : endpoint + BasePath;
    }

    /// <summary>What the value of a variable is completed with while the program runs; null for nothing.</summary>
    public string? CompletesWith => BasePath.Length > 0 && !ExpectsBareServer ? BasePath : null;

    private static bool IsBareServer(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) && uri.AbsolutePath is "/" && uri.Query.Length == 0;
}
