using System.Globalization;
using System.Text;

namespace RouterGen.Generator.Tests.PriceMaps;

/// <summary>
/// A price map of the size and shape of LiteLLM's: 2,800 models of its providers in about its proportions, a megabyte and a
/// half, always the same. Prices are invented.
/// </summary>
public static class SyntheticPriceMap
{
    public const int Models = 2_800;

    // The provider, what it writes before its models' names, and how many of 100 models are its.
    private static readonly (string Provider, string Prefix, int Share)[] Providers =
    [
        ("bedrock_converse", "us.anthropic.", 14), ("bedrock", "", 9), ("azure", "azure/", 8), ("azure_ai", "azure_ai/", 6), ("vertex_ai-language-models", "", 7),
        ("vertex_ai", "vertex_ai/", 4), ("openai", "", 8), ("anthropic", "", 2), ("gemini", "gemini/", 4), ("fireworks_ai", "fireworks_ai/accounts/fireworks/models/", 11),
        ("openrouter", "openrouter/", 8), ("together_ai", "together_ai/", 3), ("mistral", "mistral/", 3), ("groq", "groq/", 2), ("xai", "xai/", 2),
        ("deepinfra", "deepinfra/", 5), ("cohere_chat", "", 1), ("perplexity", "perplexity/", 2), ("ollama", "ollama/", 1),
    ];

    /// <summary>The file's text.</summary>
    /// <param name="priceOfUsed">What is added to the input price of the models that projects of tests use, in units of 1e-8 USD per token.</param>
    /// <param name="priceOfOthers">The same for the others.</param>
    public static string Text(int priceOfUsed = 0, int priceOfOthers = 0)
    {
        var text = new StringBuilder(1_700_000);
        text.Append("{\n    \"sample_spec\": {\n        \"max_tokens\": \"LEGACY parameter\",\n        \"litellm_provider\": \"one of those in the documentation\",\n        \"mode\": \"one of: chat, embedding\"\n    }");
        AppendModel(text, "gpt-4o-mini", "openai", 15 + priceOfUsed);
        AppendModel(text, "claude-haiku-4-5", "anthropic", 100 + priceOfUsed);
        AppendModel(text, "groq/llama-3.3-70b-versatile", "groq", 59 + priceOfUsed);
        AppendModel(text, "deepseek/deepseek-chat", "deepseek", 28 + priceOfUsed);
        for (int i = 4; i < Models; i++)
        {
            (string provider, string prefix, _) = ProviderOf(i % 100);
            AppendModel(text, $"{prefix}model-{i}-{(i % 3 == 0 ? "instruct" : "preview")}-v{i % 7}", provider, 1 + i % 300 + priceOfOthers);
        }

        return text.Append("\n}\n").ToString();
    }

    private static (string Provider, string Prefix, int Share) ProviderOf(int percent)
    {
        int sum = 0;
        return Providers.First(provider => (sum += provider.Share) > percent);
    }

    private static void AppendModel(StringBuilder text, string name, string provider, int price)
    {
        bool isEmbedding = price % 17 == 0;
        Append(text, $",\n    \"{name}\": {{");
        if (price % 3 == 0) Append(text, $"\n        \"cache_creation_input_token_cost\": {Cost(price * 1.25m)},");
        if (price % 2 == 0) Append(text, $"\n        \"cache_read_input_token_cost\": {Cost(price * 0.1m)},");
        if (price % 11 == 0) Append(text, $"\n        \"deprecation_date\": \"2027-{1 + price % 12:00}-15\",");
        Append(text, $"\n        \"input_cost_per_token\": {Cost(price)},");
        if (price % 4 == 0) Append(text, $"\n        \"input_cost_per_token_batches\": {Cost(price * 0.5m)},");
        Append(text, $"\n        \"litellm_provider\": \"{provider}\",");
        Append(text, $"\n        \"max_input_tokens\": {128_000 + price * 100},");
        Append(text, $"\n        \"max_output_tokens\": {8_192 + price},");
        Append(text, $"\n        \"max_tokens\": {8_192 + price},");
        Append(text, $"\n        \"mode\": \"{(isEmbedding ? "embedding" : "chat")}\",");
        Append(text, $"\n        \"output_cost_per_token\": {(isEmbedding ? "0.0" : Cost(price * 4m))},");
        if (price % 5 == 0) text.Append("\n        \"search_context_cost_per_query\": {\n            \"search_context_size_high\": 0.05,\n            \"search_context_size_low\": 0.03\n        },");
        if (price % 3 == 0) Append(text, $"\n        \"source\": \"https://docs.example.com/{provider}/pricing#model-{price}\",");
        if (price % 2 == 0) text.Append("\n        \"supported_modalities\": [\n            \"text\",\n            \"image\"\n        ],");
        if (price % 4 != 0) text.Append("\n        \"supports_function_calling\": true,");
        if (price % 3 == 0) text.Append("\n        \"supports_prompt_caching\": true,");
        if (price % 4 == 1) text.Append("\n        \"supports_response_schema\": true,");
        if (price % 4 == 2) text.Append("\n        \"supports_system_messages\": true,");
        text.Append("\n        \"supports_tool_choice\": true\n    }");
    }

    // As Python writes it: 1.5e-07.
    private static string Cost(decimal hundredMillionths) => ((double)hundredMillionths * 1e-8).ToString("0.#####e-00", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));
}
