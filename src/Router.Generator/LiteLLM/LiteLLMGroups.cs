using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Json;
using RouterGen.Generator.JsonDeclarations;
using RouterGen.Generator.ModelsJson;
using RouterGen.Generator.Parsing;

namespace RouterGen.Generator.LiteLLM;

/// <summary>The groups of a LiteLLM configuration while it is read, with their deployments.</summary>
internal sealed class LiteLLMGroups(ModelsText file, JsonProblems problems)
{
    private readonly List<LiteLLMGroup> _all = [];
    private readonly Dictionary<string, LiteLLMGroup> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<LiteLLMGroup> All => _all;

    public LiteLLMGroup? Find(string name) => _byName.TryGetValue(name, out LiteLLMGroup? group) ? group : null;

    /// <summary>Adds a deployment to the group of that name, which its first deployment makes.</summary>
    public void Add(string name, TextSpan place, JsonArguments deployment) => GetOrAdd(name, place).Deployments.Add(deployment);

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
                group.Settings.State(longest.Property, longest.Seconds, longest.Setting.Value.Span);
                foreach (StatedTimeout shorter in stated.Where(timeout => timeout.Seconds < longest.Seconds))
                {
                    problems.ReportWithoutEffect(shorter.Setting, $"timeouts are the group's, and the longest of '{group.Name}' counts");
                }
            }

            group.Timeouts.Clear();
        }
    }

    /// <summary>Adds another name for a group, with deployments and settings of its own.</summary>
    public void AddAlias(string alias, TextSpan place, LiteLLMGroup original)
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

    private LiteLLMGroup GetOrAdd(string name, TextSpan place)
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

    /// <summary>How many groups its longest list of fallbacks has.</summary>
    public int MostFallbacks { get; set; }
}

/// <summary>A timeout that a deployment stated.</summary>
internal sealed record StatedTimeout(string Property, JsonProperty Setting, double Seconds);
