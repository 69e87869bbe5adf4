using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>The groups of a LiteLLM configuration while it is read, with their deployments.</summary>
internal sealed class LiteLLMGroups(SourceFile file, JsonProblems problems, LiteLLMNotes notes)
{
    private readonly List<LiteLLMGroup> _all = [];
    private readonly Dictionary<string, LiteLLMGroup> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<LiteLLMGroup> All => _all;

    public LiteLLMGroup? Find(string name) => _byName.TryGetValue(name, out LiteLLMGroup? group) ? group : null;

    /// <summary>Adds a deployment to the group of that name, which its first deployment makes.</summary>
    public void Add(string name, SourceSpan place, JsonArguments deployment) => GetOrAdd(name, place).Deployments.Add(deployment);

    /// <summary>Notes what a deployment says of its timeouts, which are its group's.</summary>
    public void AddTimeout(string group, string property, JsonProperty setting)
    {
        if (setting.Value is JsonLiteral literal && literal.TryGetDouble(out double seconds)) Find(group)?.Timeouts.Add(new(property, setting, seconds));
        else if (setting.Value.Kind is not (JsonKind.Null or JsonKind.Invalid)) problems.ReportInvalid(setting.Name, setting.Value.Span, "a number");
    }

    /// <summary>Gives each group the longest of its deployments' timeouts.</summary>
    public void SettleTimeouts()
    {
        foreach (LiteLLMGroup group in _all)
        {
            foreach (IGrouping<string, StatedTimeout> stated in group.Timeouts.GroupBy(timeout => timeout.Property))
            {
                StatedTimeout longest = stated.OrderByDescending(timeout => timeout.Seconds).First();
                group.Settings.StateAs(longest.Setting.Name, longest.Property, longest.Seconds, longest.Setting.Value.Span);
                foreach (StatedTimeout shorter in stated.Where(timeout => timeout.Seconds < longest.Seconds))
                {
                    notes.Add("litellm_params", shorter.Setting, $"timeouts are the group's, and the longest of '{group.Name}' counts");
                }
            }

            group.Timeouts.Clear();
        }
    }

    /// <summary>LiteLLM asks those that state an order before those that do not: these come after the last of them.</summary>
    public void SettleOrders()
    {
        foreach (LiteLLMGroup group in _all)
        {
            if (group.Deployments.Max(deployment => deployment.IntegerOf("Order")) is not { } last) continue;
            foreach (JsonArguments deployment in group.Deployments) deployment.State("Order", last < int.MaxValue ? last + 1 : last);
        }
    }

    /// <summary>Notes to which group a deployment's calls are copied.</summary>
    public void AddMirror(string group, JsonProperty setting)
    {
        if (setting.Value is JsonLiteral literal && literal.TryGetString(out string target)) Find(group)?.Mirrors.Add(new(setting, target));
        else if (setting.Value.Kind is not (JsonKind.Null or JsonKind.Invalid)) problems.ReportInvalid(setting.Name, setting.Value.Span, "a string");
    }

    /// <summary>
    /// Gives each group the deployments to which its calls are copied, as shadows. Of the calls, as large a part is copied as
    /// the deployments that say so are of the group's; and each copy goes to one of the other group's deployments.
    /// </summary>
    public void SettleMirrors()
    {
        // What a group has before it has shadows: those are not copied on.
        Dictionary<string, JsonArguments[]> answering = _all.ToDictionary(group => group.Name, group => group.Deployments.ToArray());
        foreach (LiteLLMGroup group in _all)
        {
            foreach (IGrouping<string, StatedMirror> mirrors in group.Mirrors.GroupBy(mirror => mirror.Target))
            {
                JsonProperty setting = mirrors.First().Setting;
                if (!answering.TryGetValue(mirrors.Key, out JsonArguments[]? copies) || mirrors.Key == group.Name)
                {
                    problems.ReportInvalid(setting.Name, setting.Value.Span, "the name of another group of the model_list");
                    continue;
                }

                double share = (double)mirrors.Count() / answering[group.Name].Length / copies.Length;
                foreach (JsonArguments copy in copies)
                {
                    JsonArguments shadow = copy.CopyFor("Group", group.Name, setting.Value.Span);
                    shadow.State("MirrorShare", share, setting.Value.Span);
                    group.Deployments.Add(shadow);
                }
            }

            group.Mirrors.Clear();
        }
    }

    /// <summary>Adds another name for a group, with deployments and settings of its own.</summary>
    public void AddAlias(string alias, SourceSpan place, LiteLLMGroup original)
    {
        var group = new LiteLLMGroup(alias, original.Settings.CopyFor("Name", alias, place));
        foreach (JsonArguments deployment in original.Deployments) group.Deployments.Add(deployment.CopyFor("Group", alias, place));
        Add(group);
    }

    public void MoveTo(List<DeclaredArguments> groups, List<DeclaredArguments> deployments)
    {
        foreach (LiteLLMGroup group in _all)
        {
            groups.Add(group.Settings.ToDeclared());
            deployments.AddRange(group.Deployments.Select(deployment => deployment.ToDeclared()));
        }
    }

    private void Add(LiteLLMGroup group)
    {
        _all.Add(group);
        _byName.Add(group.Name, group);
    }

    private LiteLLMGroup GetOrAdd(string name, SourceSpan place)
    {
        if (Find(name) is { } known) return known;
        var settings = new JsonArguments(file, place);
        settings.State("Name", name, place);
        var group = new LiteLLMGroup(name, settings);
        Add(group);
        return group;
    }
}

/// <summary>One group.</summary>
internal sealed class LiteLLMGroup(string name, JsonArguments settings)
{
    public string Name { get; } = name;

    public JsonArguments Settings { get; } = settings;

    public List<JsonArguments> Deployments { get; } = [];

    public List<StatedTimeout> Timeouts { get; } = [];

    public List<StatedMirror> Mirrors { get; } = [];

    /// <summary>How many groups its longest list of fallbacks has.</summary>
    public int MostFallbacks { get; set; }
}

/// <summary>A timeout that a deployment stated.</summary>
internal sealed record StatedTimeout(string Property, JsonProperty Setting, double Seconds);

/// <summary>A group to which a deployment's calls are copied.</summary>
internal sealed record StatedMirror(JsonProperty Setting, string Target);
