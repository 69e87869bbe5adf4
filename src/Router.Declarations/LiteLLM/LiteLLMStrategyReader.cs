using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>Reads how LiteLLM's router chooses a deployment: the same for all groups of the file.</summary>
internal sealed class LiteLLMStrategyReader(LiteLLMGroups groups, JsonValues values, LiteLLMNotes notes, JsonProblems problems)
{
    /// <summary>States the strategy for each group.</summary>
    public void ReadStrategy(JsonProperty property)
    {
        if (property.Value.Kind is JsonKind.Null or JsonKind.Invalid) return;
        string name = property.Value is JsonLiteral literal && literal.TryGetString(out string text) ? text : "";
        int at = Array.FindIndex(LiteLLMSettings.Strategies, known => known.Name == name);
        if (at < 0)
        {
            problems.ReportInvalid(property.Name, property.Value.Span, "one of " + string.Join(", ", LiteLLMSettings.Strategies.Select(known => known.Name)));
        }
        else if (LiteLLMSettings.Strategies[at].Strategy is not { } strategy)
        {
            notes.Add("router_settings", name, property.Value.Span, LiteLLMSettings.OwnBudgets);
        }
        else
        {
            foreach (LiteLLMGroup group in groups.All)
            {
                group.Settings.StateAs(property.Name, "Strategy", (int)strategy, property.Value.Span);
                if (strategy is RoutingStrategy.Weighted) StateWeights(group, property);
            }
        }
    }

    /// <summary>States the strategy's arguments for each group.</summary>
    public void ReadArguments(JsonProperty property)
    {
        if (property.Value.Kind is JsonKind.Null || problems.AsObject(property.Name, property.Value) is not { } arguments) return;
        foreach (JsonProperty argument in arguments.Effective)
        {
            if (LiteLLMSettings.StrategyArguments.FirstOrDefault(known => known.Name == argument.Name) is not { } setting)
            {
                notes.AddUnknown(property.Name, argument, LiteLLMSettings.StrategyArguments);
            }
            else if (setting.Advice is { } advice)
            {
                notes.Add(property.Name, argument, advice);
            }
            else
            {
                StateForAll(setting, argument);
            }
        }
    }

    /// <summary>Reads the checks that precede a choice: an array of names.</summary>
    public void ReadChecks(JsonProperty property)
    {
        if (property.Value.Kind is JsonKind.Null || problems.AsArray(property.Name, property.Value) is not { } checks) return;
        for (int i = 0; i < checks.Items.Length; i++)
        {
            JsonNode check = checks.Items[i];
            if (check.Kind is JsonKind.Invalid) continue;
            if (check is not JsonLiteral literal || !literal.TryGetString(out string name))
            {
                problems.ReportInvalid($"{property.Name}[{i}]", check.Span, "a string");
            }
            else if (name is LiteLLMSettings.PromptCaching)
            {
                foreach (LiteLLMGroup group in groups.All) group.Settings.StateAs(LiteLLMSettings.PromptCaching, "PromptCacheAffinity", true, check.Span);
            }
            else if (!LiteLLMSettings.ChecksDoneAnyway.Contains(name))
            {
                notes.Add(property.Name, name, check.Span, $"{LiteLLMSettings.PromptCaching} alone is there");
            }
        }
    }

    private void StateForAll(LiteLLMSetting setting, JsonProperty argument)
    {
        foreach (LiteLLMGroup group in groups.All)
        {
            if (!values.State(group.Settings, DeclarationKind.Group.Find(setting.Property!), argument, setting.Scale)) break; // Reported once is enough.
        }
    }

    // Shares of one, so that no message is about a sum that was not written. Without a number for each, all have the same.
    private static void StateWeights(LiteLLMGroup group, JsonProperty strategy)
    {
        List<JsonArguments> answering = [.. group.Deployments.Where(deployment => !deployment.Has("MirrorShare"))];
        if (answering.Any(deployment => deployment.Has("Weight"))) return;
        foreach (string property in LiteLLMSettings.ShuffledBy)
        {
            List<int> numbers = [.. answering.Select(deployment => deployment.IntegerOf(property)).OfType<int>().Where(number => number > 0)];
            if (numbers.Count < answering.Count) continue;
            double sum = numbers.Sum(number => (double)number);
            for (int i = 0; i < answering.Count; i++) answering[i].State("Weight", Math.Max(NumberBounds.Weight.Least, numbers[i] / sum), strategy.Value.Span);
            return;
        }
    }
}
