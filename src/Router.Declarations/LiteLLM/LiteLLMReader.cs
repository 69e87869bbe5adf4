using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>
/// Reads a LiteLLM configuration as if it were declarations: each model name is a group, each entry a deployment, and the
/// router's settings are those of all groups.
/// </summary>
internal sealed class LiteLLMReader
{
    private const string Environment = "os.environ/";

    private readonly SourceFile _file;
    private readonly JsonProblems _problems;
    private readonly JsonValues _values;
    private readonly LiteLLMBudgets _budgets;
    private readonly LiteLLMNotes _notes;
    private readonly LiteLLMGroups _groups;

    public LiteLLMReader(SourceFile file, JsonProblems problems)
    {
        _file = file;
        _problems = problems;
        _values = new(problems);
        _budgets = new(problems);
        _notes = new(problems);
        _groups = new(file, problems, _notes);
    }

    /// <summary>Reads a configuration.</summary>
    /// <param name="parts">The parts of the file that are a configuration's, or of which nothing is known.</param>
    public void Read(IReadOnlyCollection<JsonProperty> parts)
    {
        foreach (JsonProperty part in parts.Where(part => part.Name is "model_list"))
        {
            if (_problems.AsArray(part.Name, part.Value) is { } list) ReadModelList(list);
        }

        var router = new LiteLLMRouterReader(_groups, _values, _notes, _problems);
        router.Read(parts.Where(part => part.Name is "router_settings").Concat(parts.Where(part => part.Name is "litellm_settings")));
        foreach (JsonProperty part in parts) ReadSetting("the file", part, LiteLLMSettings.TopLevel, null);
    }

    /// <summary>Reads a model list.</summary>
    public void ReadModelList(JsonArray list)
    {
        for (int i = 0; i < list.Items.Length; i++)
        {
            if (_problems.AsObject($"model_list[{i}]", list.Items[i]) is { } entry) ReadEntry(entry);
        }

        _groups.SettleTimeouts();
        _groups.SettleOrders();
        _groups.SettleMirrors();
    }

    /// <summary>Hands over what was read, and reports what of it has no effect.</summary>
    public void MoveTo(List<DeclaredArguments> groups, List<DeclaredArguments> deployments)
    {
        _groups.MoveTo(groups, deployments);
        _notes.Report();
    }

    private void ReadEntry(JsonObject entry)
    {
        if (!entry.TryGet("model_name", out JsonProperty named) || named.Value is not JsonLiteral literal || !literal.TryGetString(out string group))
        {
            if (named.Value is not { Kind: JsonKind.Invalid }) _problems.ReportInvalid("model_name", named.Value?.Span ?? entry.Span, "stated for each entry, as a string");
            return;
        }

        if (NoteWildcard(entry)) return;
        var deployment = new JsonArguments(_file, entry.Span);
        deployment.State("Group", group, named.Value.Span);
        deployment.State(FileProperties.IsLiteLLM, true);
        _groups.Add(group, named.Value.Span, deployment);
        foreach (JsonProperty property in entry.Effective)
        {
            if (property.Name is "litellm_params" && _problems.AsObject(property.Name, property.Value) is { } parameters) ReadParams(parameters, deployment, group);
            else if (property.Name is "model_info" && _problems.AsObject(property.Name, property.Value) is { } info) ReadInfo(info, deployment);
            else if (property.Name is not ("model_name" or "litellm_params" or "model_info")) ReadSetting("model_list", property, LiteLLMSettings.Entry, deployment);
        }

        if (!entry.TryGet("litellm_params", out _)) _problems.ReportInvalid("litellm_params", entry.Span, "stated for each entry");
    }

    // LiteLLM fills in what the caller asks for; here a name that no declaration has does not compile.
    private bool NoteWildcard(JsonObject entry)
    {
        List<JsonProperty> names = [.. entry.Effective.Where(property => property.Name is "model_name")];
        if (entry.TryGet("litellm_params", out JsonProperty parameters) && parameters.Value is JsonObject json) names.AddRange(json.Effective.Where(property => property.Name is "model"));
        foreach (JsonProperty property in names)
        {
            if (property.Value is not JsonLiteral literal || !literal.TryGetString(out string text) || !text.Contains('*')) continue;
            _notes.Add("model_list", text, property.Value.Span, "a wildcard names no model, so the entry is left out; state an entry for each model that is used");
            return true;
        }

        return false;
    }

    private void ReadParams(JsonObject parameters, JsonArguments deployment, string group)
    {
        LiteLLMProvider? provider = ReadModel(parameters, deployment, out string model);
        _budgets.Read(parameters, deployment);
        foreach (JsonProperty property in parameters.Effective)
        {
            switch (property.Name)
            {
                case "model" or "custom_llm_provider": break;
                case "api_key": ReadKey(property, parameters, deployment); break;
                case "api_base" or "base_url": ReadEndpoint(property, provider, deployment); break;
                case "api_version": ReadApiVersion(property, provider, deployment); break;
                case "azure_ad_token": ReadToken(property, parameters, deployment); break;
                case "tenant_id" or "client_id" or "client_secret" when NamesItsVariable(property): break; // RouterGen.Azure reads these.
                case "timeout": _groups.AddTimeout(group, "AttemptTimeoutSeconds", property); break;
                case "stream_timeout": _groups.AddTimeout(group, "FirstTokenTimeoutSeconds", property); break;
                case "max_budget" or "budget_duration": break;
                case "silent_model": _groups.AddMirror(group, property); break;
                case "aws_region_name" when property.Value is JsonLiteral region && region.TryGetString(out string text) && VariableOf(text) is { } variable:
                    // The address is completed with them anyhow.
                    if (Array.IndexOf(LiteLLMBedrock.RegionVariables, variable) < 0) _notes.Add("litellm_params", property, "the region is looked up in AWS_REGION while the program runs");
                    break;
                case var name when provider is not null && DroppedParameters.IsDropped(name, model): _problems.ReportDropped(property, model); break;
                default: ReadSetting("litellm_params", property, LiteLLMSettings.Params, deployment); break;
            }
        }
    }

    // A model without its provider means the provider that has it. The provider is stated by its name here.
    private LiteLLMProvider? ReadModel(JsonObject parameters, JsonArguments deployment, out string model)
    {
        model = "";
        if (!parameters.TryGet("model", out JsonProperty property))
        {
            _problems.ReportInvalid("model", parameters.Span, "stated for each entry: \"provider/model\"");
            return null;
        }

        if (property.Value is not JsonLiteral literal || !literal.TryGetString(out string stated))
        {
            if (property.Value.Kind is not JsonKind.Invalid) _problems.ReportInvalid("model", property.Value.Span, "a string");
            return null;
        }

        model = stated;
        string? name = parameters.TryGet("custom_llm_provider", out JsonProperty custom) && custom.Value is JsonLiteral text && text.TryGetString(out string own)
            ? own
            : model.Contains('/') ? null : ModelCatalog.Default.FindByModel(model)?.Name;
        if (name is not null && !model.StartsWith(name + "/", StringComparison.Ordinal)) model = name + "/" + model;
        int slash = model.IndexOf('/');
        LiteLLMProvider provider = LiteLLMProvider.Of(slash < 0 ? "" : model.Substring(0, slash));
        if (slash > 0)
        {
            string rest = model.Substring(slash + 1);
            model = provider.Provider + "/" + (provider.Provider is "bedrock" ? ReadBedrock(rest, property, parameters, deployment) : provider.ModelOf(rest));
        }

        deployment.State("Model", model, property.Value.Span);
        return provider;
    }

    private static string ReadBedrock(string path, JsonProperty property, JsonObject parameters, JsonArguments deployment)
    {
        LiteLLMBedrock read = LiteLLMBedrock.Read(path);
        if (read.Dialect is { } dialect) deployment.State("Dialect", (int)dialect, property.Value.Span);
        if (read.Region is { } region && !IsStated(parameters, "aws_region_name")) deployment.State("Region", region, property.Value.Span);
        return read.Model;
    }

    // A placeholder means that the server takes no key; at the provider itself, where it cannot be meant, nothing is stated.
    private void ReadKey(JsonProperty property, JsonObject parameters, JsonArguments deployment)
    {
        if (TextOf(property) is not { } key) return;
        if (VariableOf(key) is { } variable)
        {
            deployment.StateAs(property.Name, "ApiKeyEnv", variable, property.Value.Span);
        }
        else if (PlaceholderKeys.IsPlaceholder(key) || PlaceholderKeys.IsTooShort(key))
        {
            if (IsStated(parameters, "api_base") || IsStated(parameters, "base_url")) deployment.StateAs(property.Name, "ApiKeyEnv", "", property.Value.Span);
            if (!PlaceholderKeys.IsPlaceholder(key)) _notes.Add("litellm_params", property, $"too short for a key, it is not sent; where the server takes one, name a variable with \"{Environment}…\"");
        }
        else
        {
            _problems.ReportKey(property.Name, property.Value.Span, $"\"{Environment}…\"");
        }
    }

    // Without a version the v1 API is asked, which takes what all others take.
    private void ReadApiVersion(JsonProperty property, LiteLLMProvider? provider, JsonArguments deployment)
    {
        if (TextOf(property) is not { Length: > 0 } version) return;
        if (provider is null || !ServesVersions(provider)) _notes.Add("litellm_params", property, "addresses of its provider have no version");
        else if (VariableOf(version) is not null) _notes.Add("litellm_params", property, "the v1 API is asked, which needs none; state the version itself for another");
        else deployment.StateAs(property.Name, "ApiVersion", version, property.Value.Span);
    }

    // A token is sent in the place of a key; where there is a key, it is not read there either.
    private void ReadToken(JsonProperty property, JsonObject parameters, JsonArguments deployment)
    {
        if (TextOf(property) is not { } token) return;
        if (token.StartsWith("oidc/", StringComparison.Ordinal)) _notes.Add("litellm_params", property, LiteLLMSettings.AzureIdentity);
        else if (!IsStated(parameters, "api_key")) ReadKey(property, parameters, deployment);
    }

    private static bool ServesVersions(LiteLLMProvider provider) => ModelCatalog.Default.Find(provider.Provider)?.Platform is { TakesApiVersion: true };

    private bool NamesItsVariable(JsonProperty property) => TextOf(property) is { } text && VariableOf(text) == "AZURE_" + property.Name.ToUpperInvariant();

    private void ReadEndpoint(JsonProperty property, LiteLLMProvider? provider, JsonArguments deployment)
    {
        if (TextOf(property) is not { Length: > 0 } endpoint) return;
        const string Version = "?api-version=";
        if (provider is not null && ServesVersions(provider) && endpoint.IndexOf(Version, StringComparison.Ordinal) is > 0 and var query)
        {
            // The whole address, as Azure's portal shows it.
            if (endpoint.IndexOf('&', query) < 0) deployment.StateAs(property.Name, "ApiVersion", endpoint.Substring(query + Version.Length), property.Value.Span);
            endpoint = endpoint.Substring(0, query);
        }

        if (VariableOf(endpoint) is { } variable)
        {
            deployment.StateAs(property.Name, "EndpointEnv", variable, property.Value.Span);
            if (provider?.CompletesWith is { } suffix) deployment.State(FileProperties.EndpointSuffix, suffix);
        }
        else
        {
            deployment.StateAs(property.Name, "Endpoint", provider?.EndpointOf(endpoint) ?? endpoint, property.Value.Span);
        }
    }

    // Free-form but for what LiteLLM itself reads of it.
    private void ReadInfo(JsonObject info, JsonArguments deployment)
    {
        foreach (JsonProperty property in info.Effective)
        {
            if (property.Name is "mode")
            {
                string? mode = TextOf(property);
                if (mode is null) continue;
                if (CallKindRow.OfMode(mode) is not { } kind) _notes.Add("model_info", property, "no group is for that kind of call");
                else if (kind is not CallKind.Chat) deployment.StateAs(property.Name, "Kind", (int)kind, property.Value.Span);
            }
            else if (LiteLLMSettings.Info.Any(known => known.Name == property.Name))
            {
                ReadSetting("model_info", property, LiteLLMSettings.Info, deployment);
            }
        }
    }

    private void ReadSetting(string part, JsonProperty property, LiteLLMSetting[] table, JsonArguments? deployment)
    {
        LiteLLMSetting? setting = Array.Find(table, candidate => candidate.Name == property.Name);
        if (setting?.Property is { } stated && deployment is not null) _values.State(deployment, DeclarationKind.Deployment.Find(stated), property, setting.Scale);
        else if (HoldsKey(property, setting)) _problems.ReportKey(property.Name, property.Value.Span, $"\"api_key\": \"{Environment}…\"");
        else if (setting is null) _notes.AddUnknown(part, property, table);
        else if (setting.Advice is { } advice) _notes.Add(part, property, advice);
    }

    // A secret of a setting that is not read is in the source all the same.
    private static bool HoldsKey(JsonProperty property, LiteLLMSetting? setting) =>
        (setting is null && KeyProperties.StatesKey(property))
        || (property.Value is JsonLiteral literal && literal.TryGetString(out string text) && VariableOf(text) is null && Secrets.IsKey(text));

    private static bool IsStated(JsonObject parameters, string name) => parameters.TryGet(name, out JsonProperty property) && property.Value is JsonLiteral literal && literal.TryGetString(out string text) && text.Length > 0;

    // Null is not stated, as in YAML.
    private string? TextOf(JsonProperty property)
    {
        if (property.Value is JsonLiteral literal && literal.TryGetString(out string text)) return text;
        if (property.Value.Kind is not (JsonKind.Null or JsonKind.Invalid)) _problems.ReportInvalid(property.Name, property.Value.Span, "a string");
        return null;
    }

    // Templates of configurations name variables in their own ways, to be filled in before LiteLLM reads them.
    private static string? VariableOf(string text)
    {
        if (text.StartsWith(Environment, StringComparison.Ordinal)) return text.Length > Environment.Length ? text.Substring(Environment.Length) : null;
        string template = text.Trim(), name = template.Trim('$', '{', '}', ' ');
        bool isTemplate = template.StartsWith("$", StringComparison.Ordinal) || template.StartsWith("{{", StringComparison.Ordinal);
        return isTemplate && Secrets.IsConventionalName(name) ? name : null;
    }
}
