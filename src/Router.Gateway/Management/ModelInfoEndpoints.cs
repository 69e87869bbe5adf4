using System.Text.Json;

namespace RouterGen.Gateway.Management;

/// <summary>What groups and deployments there are, and what they cost, in LiteLLM's form. Neither keys nor addresses of providers are in it.</summary>
/// <param name="models">The groups.</param>
internal sealed class ModelInfoEndpoints(IModelGroups models)
{
    /// <summary>Lists deployments.</summary>
    public Task<Action<Utf8JsonWriter>> DeploymentsAsync(ManagementRequest request) => Task.FromResult<Action<Utf8JsonWriter>>(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        foreach (ModelGroup group in models.Groups)
        {
            foreach (Deployment deployment in group.Deployments) WriteDeployment(json, group, deployment);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Lists groups; one where the address names it.</summary>
    public Task<Action<Utf8JsonWriter>> GroupsAsync(ManagementRequest request)
    {
        string? wanted = request.Query("model_group");
        return Task.FromResult<Action<Utf8JsonWriter>>(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data"u8);
            foreach (ModelGroup group in models.Groups.Where(group => wanted is null || group.Name == wanted)) WriteGroup(json, group);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void WriteDeployment(Utf8JsonWriter json, ModelGroup group, Deployment deployment)
    {
        string model = $"{deployment.Provider}/{deployment.Model}";
        json.WriteStartObject();
        json.WriteString("model_name"u8, group.Name);
        json.WriteStartObject("litellm_params"u8);
        json.WriteString("model"u8, model);
        json.WriteEndObject();
        json.WriteStartObject("model_info"u8);
        json.WriteString("id"u8, deployment.Name);
        json.WriteBoolean("db_model"u8, false);
        json.WriteString("key"u8, model);
        json.WriteString("litellm_provider"u8, deployment.Provider);
        WriteFacts(json, group, [deployment]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, ModelGroup group)
    {
        json.WriteStartObject();
        json.WriteString("model_group"u8, group.Name);
        AccountWriter.WriteTexts(json, "providers"u8, group.Deployments.Select(static deployment => deployment.Provider).Distinct(StringComparer.Ordinal));
        WriteFacts(json, group, group.Deployments);
        json.WriteNull("tpm"u8);
        json.WriteNull("rpm"u8);
        AccountWriter.WriteTexts(json, "supported_openai_params"u8, []);
        json.WriteEndObject();
    }

    // Of several deployments the largest window and, as LiteLLM has it, the highest price; what one can do, the group can.
    private static void WriteFacts(Utf8JsonWriter json, ModelGroup group, IReadOnlyList<Deployment> deployments)
    {
        ModelCapabilities can = deployments.Aggregate(ModelCapabilities.None, static (all, deployment) => all | deployment.Capabilities);
        TokenPrices[] prices = [.. deployments.Select(static deployment => deployment.Prices?.Standard).OfType<TokenPrices>()];
        json.WriteString("mode"u8, ModeOf(group));
        WriteNumber(json, "max_input_tokens"u8, deployments.Max(static deployment => deployment.ModelLimits.LongestPrompt));
        WriteNumber(json, "max_output_tokens"u8, deployments.Max(static deployment => deployment.ModelLimits.OutputLimit));
        WriteNumber(json, "input_cost_per_token"u8, prices.Length == 0 ? null : prices.Max(static price => price.Input) / 1_000_000);
        WriteNumber(json, "output_cost_per_token"u8, prices.Length == 0 ? null : prices.Max(static price => price.Output) / 1_000_000);
        json.WriteBoolean("supports_function_calling"u8, can.HasFlag(ModelCapabilities.Tools));
        json.WriteBoolean("supports_parallel_function_calling"u8, can.HasFlag(ModelCapabilities.Tools));
        json.WriteBoolean("supports_vision"u8, can.HasFlag(ModelCapabilities.Vision));
        json.WriteBoolean("supports_web_search"u8, can.HasFlag(ModelCapabilities.WebSearch));
        json.WriteBoolean("supports_response_schema"u8, can.HasFlag(ModelCapabilities.JsonSchema));
    }

    private static string ModeOf(ModelGroup group) => group switch
    {
        EmbeddingGroup => "embedding",
        CompletionGroup => "completion",
        RerankGroup => "rerank",
        ModerationGroup => "moderations",
        ImageGroup => "image_generation",
        TranscriptionGroup => "audio_transcription",
        SpeechGroup => "audio_speech",
        _ => "chat",
    };

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
