namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>
/// The providers and models that are known without a declaration. A provider is one file with one row, and a line here.
/// A provider's tables are made when the provider is asked for: a compilation pays for those alone that it uses.
/// </summary>
internal sealed class ModelCatalog(params ProviderEntry[] entries)
{
    // Makers of models come before providers that serve models of others, and are found first by a model's name.
    public static readonly ModelCatalog Default = new(
        new("anthropic", static () => AnthropicModels.Provider),
        new("openai", static () => OpenAIModels.Provider),
        new("gemini", static () => GeminiModels.Provider),
        new("mistral", static () => MistralModels.Provider),
        new("deepseek", static () => DeepSeekModels.Provider),
        new("xai", static () => XaiModels.Provider),
        new("cohere", static () => CohereModels.Provider, "cohere_chat"),
        new("perplexity", static () => PerplexityModels.Provider),
        new("moonshot", static () => MoonshotModels.Provider),
        new("dashscope", static () => AlibabaModels.Provider, "alibaba"),
        new("ai21", static () => Ai21Models.Provider),
        new("groq", static () => GroqModels.Provider),
        new("cerebras", static () => CerebrasModels.Provider),
        new("together_ai", static () => TogetherModels.Provider, "together"),
        new("fireworks_ai", static () => FireworksModels.Provider, "fireworks"),
        new("openrouter", static () => OpenRouterModels.Provider),
        new("deepinfra", static () => DeepInfraModels.Provider),
        new("nvidia_nim", static () => NvidiaModels.Provider, "nvidia"),
        new("sambanova", static () => SambaNovaModels.Provider),
        new("huggingface", static () => HuggingFaceModels.Provider),
        new("baseten", static () => BasetenModels.Provider),
        new("github", static () => GitHubModels.Provider),
        new("ollama", static () => OllamaModels.Provider),
        new("vllm", static () => VllmModels.Provider, "hosted_vllm"),
        new("lm_studio", static () => LMStudioModels.Provider),
        new("llamacpp", static () => LlamaCppModels.Provider));

    /// <summary>What a project's price map says, which goes over what is known here.</summary>
    public PriceMap Prices { get; private init; } = PriceMap.None;

    /// <summary>This catalog with a price map over it.</summary>
    public ModelCatalog With(PriceMap prices) => prices.IsEmpty ? this : new(entries) { Prices = prices };

    /// <summary>The names of all providers, and their aliases.</summary>
    public IEnumerable<string> Names => entries.SelectMany(entry => entry.Names);

    /// <summary>All providers. To walk them makes the tables of each.</summary>
    public IEnumerable<ProviderRow> Providers => entries.Select(Row);

    /// <summary>The provider of this name or alias; null where there is none.</summary>
    public ProviderRow? Find(string name)
    {
        foreach (ProviderEntry entry in entries)
        {
            if (Array.IndexOf(entry.Names, name) >= 0) return Row(entry);
        }

        return null;
    }

    /// <summary>The provider that serves a model of this name; null where there is none.</summary>
    public ProviderRow? FindByModel(string model) => Providers.FirstOrDefault(provider => provider.FindModel(model) is not null);

    private ProviderRow Row(ProviderEntry entry) => Prices.IsEmpty ? entry.Provider() : entry.Provider() with { Prices = Prices };
}

/// <summary>A provider as the catalog finds it: by names that are known before its tables are made.</summary>
/// <param name="name">The provider's name.</param>
/// <param name="provider">Its row.</param>
/// <param name="aliases">Its aliases.</param>
internal sealed class ProviderEntry(string name, Func<ProviderRow> provider, params string[] aliases)
{
    public string[] Names { get; } = [name, .. aliases];

    public Func<ProviderRow> Provider { get; } = provider;
}
