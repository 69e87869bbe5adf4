using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>
/// Reads a LiteLLM configuration as if it were declarations: each model name is a group, each entry a deployment, and the
/// router's settings are those of all groups.
/// </summary>
internal sealed class LiteLLMReader(SourceFile file, JsonProblems problems)
{
    private const string Environment = "os.environ/";

    private readonly JsonValues _values = new(problems);
    private readonly LiteLLMBudgets _budgets = new(problems);
    private readonly LiteLLMGroups _groups = new(file, problems);

    /// <summary>Reads a configuration.</summary>
    /// <param name="parts">The parts of the file that are a configuration's.</param>
    public void Read(IReadOnlyCollection<JsonProperty> parts)
    {
        foreach (JsonProperty part in parts.Where(part => part.Name is "model_list"))
        {
            if (problems.AsArray(part.Name, part.Value) is { } list) ReadModelList(list);
        }

        var router = new LiteLLMRouterReader(_groups, _values, problems);
        router.Read(parts.Where(part => part.Name is "router_settings").Concat(parts.Where(part => part.Name is "litellm_settings")));
        foreach (JsonProperty part in parts)
        {
            if (LiteLLMSettings.TopLevel.FirstOrDefault(known => known.Name == part.Name)?.Advice is { } advice) problems.ReportWithoutEffect(part, advice);
        }
    }

    /// <summary>Reads a model list.</summary>
    public void ReadModelList(JsonArray list)
    {
        foreach (JsonNode node in list.Items)
        {
            if (problems.AsObject("model_list", node) is { } entry) ReadEntry(entry);
        }

        _groups.SettleTimeouts();
        _groups.SettleOrders();
        _groups.SettleMirrors();
    }

    /// <summary>Hands over what was read.</summary>
    public void MoveTo(List<DeclaredArguments> groups, List<DeclaredArguments> deployments) => _groups.MoveTo(groups, deployments);

    private void ReadEntry(JsonObject entry)
    {
        if (!entry.TryGet("model_name", out JsonProperty named) || named.Value is not JsonLiteral literal || !literal.TryGetString(out string group))
        {
            if (named.Value is not { Kind: JsonKind.Invalid }) problems.ReportInvalid("model_name", named.Value?.Span ?? entry.Span, "stated for each entry, as a string");
            return;
        }

        if (ReportWildcard(entry)) return;
        var deployment = new JsonArguments(file, entry.Span);
        deployment.State("Group", group, named.Value.Span);
        _groups.Add(group, named.Value.Span, deployment);
        foreach (JsonProperty property in entry.Effective)
        {
            if (property.Name is "litellm_params" && problems.AsObject(property.Name, property.Value) is { } parameters) ReadParams(parameters, deployment, group);
            else if (property.Name is "model_info" && problems.AsObject(property.Name, property.Value) is { } info) ReadInfo(info, deployment);
            else if (property.Name is not ("model_name" or "litellm_params" or "model_info")) ReadSetting(property, LiteLLMSettings.Entry, deployment);
        }

        if (!entry.TryGet("litellm_params", out _)) problems.ReportInvalid("litellm_params", entry.Span, "stated for each entry");
    }

    // LiteLLM fills in what the caller asks for; here a name that no declaration has does not compile.
    private bool ReportWildcard(JsonObject entry)
    {
        List<JsonProperty> names = [.. entry.Effective.Where(property => property.Name is "model_name")];
        if (entry.TryGet("litellm_params", out JsonProperty parameters) && parameters.Value is JsonObject json) names.AddRange(json.Effective.Where(property => property.Name is "model"));
        int at = names.FindIndex(property => property.Value is JsonLiteral literal && literal.TryGetString(out string text) && text.Contains('*'));
        if (at >= 0) problems.ReportWithoutEffect(names[at], "a wildcard names no model, so the entry is left out; state an entry for each model that is used");
        return at >= 0;
    }

    private void ReadParams(JsonObject parameters, JsonArguments deployment, string group)
    {
        string? model = ReadModel(parameters, deployment);
        _budgets.Read(parameters, deployment);
        foreach (JsonProperty property in parameters.Effective)
        {
            switch (property.Name)
            {
                case "model" or "custom_llm_provider": break;
                case "api_key": ReadKey(property, deployment); break;
                case "api_base" or "base_url": ReadEndpoint(property, deployment); break;
                case "timeout": _groups.AddTimeout(group, "AttemptTimeoutSeconds", property); break;
                case "stream_timeout": _groups.AddTimeout(group, "FirstTokenTimeoutSeconds", property); break;
                case "max_budget" or "budget_duration": break;
                case "silent_model": _groups.AddMirror(group, property); break;
                case var name when model is not null && DroppedParameters.IsDropped(name, model): problems.ReportDropped(property, model); break;
                default: ReadSetting(property, LiteLLMSettings.Params, deployment); break;
            }
        }
    }

    // A model without its provider means the provider that has it.
    private string? ReadModel(JsonObject parameters, JsonArguments deployment)
    {
        if (!parameters.TryGet("model", out JsonProperty property))
        {
            problems.ReportInvalid("model", parameters.Span, "stated for each entry: \"provider/model\"");
            return null;
        }

        if (property.Value is not JsonLiteral literal || !literal.TryGetString(out string model))
        {
            if (property.Value.Kind is not JsonKind.Invalid) problems.ReportInvalid("model", property.Value.Span, "a string");
            return null;
        }

        string? provider = parameters.TryGet("custom_llm_provider", out JsonProperty custom) && custom.Value is JsonLiteral name && name.TryGetString(out string stated)
            ? stated
            : model.Contains('/') ? null : ModelCatalog.Default.FindByModel(model)?.Name;
        bool isPrefixed = provider is null || model.StartsWith(provider + "/", StringComparison.Ordinal);
        if (!isPrefixed) model = provider + "/" + model;
        deployment.State("Model", model, property.Value.Span);
        return model;
    }

    private void ReadKey(JsonProperty property, JsonArguments deployment)
    {
        if (TextOf(property) is not { Length: > 0 } key) return;
        if (VariableOf(key) is { } variable) deployment.StateAs(property.Name, "ApiKeyEnv", variable, property.Value.Span);
        else problems.ReportKey(property.Name, property.Value.Span, $"\"{Environment}…\"");
    }

    private void ReadEndpoint(JsonProperty property, JsonArguments deployment)
    {
        if (TextOf(property) is not { Length: > 0 } endpoint) return;
        if (VariableOf(endpoint) is { } variable) deployment.StateAs(property.Name, "EndpointEnv", variable, property.Value.Span);
        else deployment.StateAs(property.Name, "Endpoint", endpoint, property.Value.Span);
    }

    // Free-form but for what LiteLLM itself reads of it.
    private void ReadInfo(JsonObject info, JsonArguments deployment)
    {
        foreach (JsonProperty property in info.Effective)
        {
            if (property.Name is "mode")
            {
                if (TextOf(property) is { } mode && mode is not "chat") problems.ReportWithoutEffect(property, "groups are for chat");
            }
            else if (LiteLLMSettings.Info.Any(known => known.Name == property.Name))
            {
                ReadSetting(property, LiteLLMSettings.Info, deployment);
            }
        }
    }

    private void ReadSetting(JsonProperty property, LiteLLMSetting[] table, JsonArguments deployment)
    {
        if (table.FirstOrDefault(candidate => candidate.Name == property.Name) is not { } setting) ReportUnknown(property, table);
        else if (setting.Advice is { } advice) problems.ReportWithoutEffect(property, advice);
        else if (setting.Property is { } stated) _values.State(deployment, DeclarationKind.Deployment.Find(stated), property, setting.Scale);
    }

    private void ReportUnknown(JsonProperty property, LiteLLMSetting[] table)
    {
        if (KeyProperties.StatesKey(property)) problems.ReportKey(property.Name, property.Value.Span, $"\"api_key\": \"{Environment}…\"");
        else problems.ReportUnknown(property, table.Select(known => known.Name));
    }

    // Null is not stated, as in YAML.
    private string? TextOf(JsonProperty property)
    {
        if (property.Value is JsonLiteral literal && literal.TryGetString(out string text)) return text;
        if (property.Value.Kind is not (JsonKind.Null or JsonKind.Invalid)) problems.ReportInvalid(property.Name, property.Value.Span, "a string");
        return null;
    }

    private static string? VariableOf(string text) =>
        text.StartsWith(Environment, StringComparison.Ordinal) && text.Length > Environment.Length ? text.Substring(Environment.Length) : null;
}
