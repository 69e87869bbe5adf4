using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.Names;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>Reads the settings of LiteLLM's router: they hold for all groups of the file, and say which falls back to which.</summary>
internal sealed class LiteLLMRouterReader(LiteLLMGroups groups, JsonValues values, LiteLLMNotes notes, JsonProblems problems)
{
    private const string AnyGroup = "*";
    private const int MostRetries = 1000;

    private readonly LiteLLMStrategyReader _choice = new(groups, values, notes, problems);
    private JsonProperty? _strategy;
    private JsonProperty? _retries;
    private JsonProperty? _aliases;

    /// <param name="sections">The objects with settings; of a setting in two of them, the first counts.</param>
    public void Read(IEnumerable<JsonProperty> sections)
    {
        foreach (JsonProperty section in sections)
        {
            if (problems.AsObject(section.Name, section.Value) is not { } json) continue;
            foreach (JsonProperty property in json.Effective) ReadSetting(section.Name, property);
        }

        if (_strategy is { } strategy) _choice.ReadStrategy(strategy);
        if (_retries is { } retries) StateAttempts(retries);
        if (_aliases is { } aliases) ReadAliases(aliases);
    }

    private void ReadSetting(string section, JsonProperty property)
    {
        switch (property.Name)
        {
            case "routing_strategy": _strategy ??= property; break;
            case "routing_strategy_args": _choice.ReadArguments(property); break;
            case "optional_pre_call_checks": _choice.ReadChecks(property); break;
            case "num_retries": _retries ??= property; break;
            case "model_group_alias": _aliases ??= property; break;
            case "fallbacks": ReadFallbacks(property, "Fallbacks"); break;
            case "context_window_fallbacks": ReadFallbacks(property, "ContextWindowFallbacks"); break;
            case "content_policy_fallbacks": ReadFallbacks(property, "ContentPolicyFallbacks"); break;
            case "default_fallbacks": StateDefault("Fallbacks", property.Name, property.Value); break;
            case "retry_after" when property.Value is JsonLiteral literal && literal.TryGetInt32(out int seconds) && seconds == 0: break; // Its default: no least pause.
            default: ReadPlain(section, property); break;
        }
    }

    private void ReadPlain(string section, JsonProperty property)
    {
        if (LiteLLMSettings.Router.FirstOrDefault(candidate => candidate.Name == property.Name) is not { } setting)
        {
            notes.AddUnknown(section, property, LiteLLMSettings.Router);
        }
        else if (setting.Advice is { } advice)
        {
            notes.Add(section, property, advice);
        }
        else if (setting.Property is { } stated)
        {
            foreach (LiteLLMGroup group in groups.All)
            {
                if (!values.State(group.Settings, DeclarationKind.Group.Find(stated), property, setting.Scale)) break; // Reported once is enough.
            }
        }
    }

    // LiteLLM tries each group so often again; here the most attempts are counted over all groups of a call.
    private void StateAttempts(JsonProperty retries)
    {
        if (retries.Value.Kind is JsonKind.Null or JsonKind.Invalid) return;
        if (retries.Value is not JsonLiteral literal || !literal.TryGetInt32(out int count) || count is < 0 or > MostRetries)
        {
            problems.ReportInvalid(retries.Name, retries.Value.Span, $"a whole number from 0 to {MostRetries}");
            return;
        }

        foreach (LiteLLMGroup group in groups.All) group.Settings.StateAs(retries.Name, "MaxAttempts", (1 + count) * (1 + Math.Min(group.MostFallbacks, MostRetries)), retries.Value.Span);
    }

    // [{"a": ["b", "c"]}, {"*": ["d"]}]
    private void ReadFallbacks(JsonProperty property, string occasion)
    {
        if (property.Value.Kind is JsonKind.Null || problems.AsArray(property.Name, property.Value) is not { } list) return;
        List<JsonProperty> entries = [.. list.Items.Select((item, i) => problems.AsObject($"{property.Name}[{i}]", item)).OfType<JsonObject>().SelectMany(item => item.Effective)];
        foreach (JsonProperty entry in entries)
        {
            if (entry.Name == AnyGroup) continue;
            if (groups.Find(entry.Name) is { } group) State(group, occasion, property.Name, entry.Value);
            else if (Spelling.Nearest(entry.Name, groups.All.Select(known => known.Name)) is { } meant) problems.ReportMisspelt(entry, meant);
            else notes.Add(property.Name, entry, "the model_list has no such group, or it is left out");
        }

        foreach (JsonProperty any in entries.Where(entry => entry.Name == AnyGroup)) StateDefault(occasion, property.Name, any.Value);
    }

    // For groups without fallbacks of their own. One that is among the defaults turns to the rest of them.
    private void StateDefault(string occasion, string name, JsonNode fallbacks)
    {
        if (fallbacks.Kind is JsonKind.Null) return;
        foreach (LiteLLMGroup group in groups.All)
        {
            if (!group.Settings.Has(occasion) && !State(group, occasion, name, Without(fallbacks, group.Name))) break;
        }
    }

    private static JsonNode Without(JsonNode fallbacks, string group) =>
        fallbacks is JsonArray list ? new JsonArray(list.Span, [.. list.Items.Where(item => !(item is JsonLiteral literal && literal.TryGetString(out string text) && text == group))]) : fallbacks;

    private bool State(LiteLLMGroup group, string occasion, string name, JsonNode fallbacks)
    {
        group.MostFallbacks = Math.Max(group.MostFallbacks, TextsOf(fallbacks).Count());
        return values.State(group.Settings, DeclarationKind.Group.Find(occasion), name, fallbacks);
    }

    // {"alias": "group"} or {"alias": {"model": "group", "hidden": true}}
    private void ReadAliases(JsonProperty property)
    {
        if (property.Value.Kind is JsonKind.Null || problems.AsObject(property.Name, property.Value) is not { } aliases) return;
        foreach (JsonProperty alias in aliases.Effective)
        {
            JsonNode target = alias.Value is JsonObject detailed && detailed.TryGet("model", out JsonProperty model) ? model.Value : alias.Value;
            if (target.Kind is JsonKind.Invalid) continue;
            string name = target is JsonLiteral literal && literal.TryGetString(out string text) ? text : "";
            if (groups.Find(name) is { } group && groups.Find(alias.Name) is null) groups.AddAlias(alias.Name, alias.NameSpan, group);
            else if (groups.Find(name) is null) problems.ReportInvalid(alias.Name, target.Span, "the name of a group of the model_list" + Spelling.DidYouMean(Spelling.Nearest(name, groups.All.Select(known => known.Name))));
        }
    }

    private static IEnumerable<string> TextsOf(JsonNode node) => node is JsonArray array
        ? array.Items.Select(item => item is JsonLiteral literal && literal.TryGetString(out string text) ? text : null).OfType<string>()
        : [];
}
