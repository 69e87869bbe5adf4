using System.Globalization;
using System.Text;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Emit;

/// <summary>A group as people read it: its settings, its fallbacks, and a row for each deployment with all that the build knows of it.</summary>
internal static class GroupDescription
{
    private const string Indent = "  ";

    /// <summary>The lines, without line ends.</summary>
    public static IEnumerable<string> Lines(GroupSpec group)
    {
        yield return Visible(group.Name);
        foreach (IEnumerable<string> stated in new[] { Routing(group.Routing), Settings(group.Settings) })
        {
            string line = string.Join(", ", stated);
            if (line.Length > 0) yield return Indent + line;
        }

        foreach (FallbackSpec fallback in group.Fallbacks)
        {
            yield return $"{Indent}{NameOf(fallback.Occasion)}: {string.Join(", ", fallback.Groups.Select(Visible))}";
        }

        if (group.Deployments.Count == 0) yield break;
        foreach (string line in Table(group.Deployments).Lines()) yield return Indent + line;
    }

    private static TextTable Table(EquatableArray<DeploymentSpec> deployments)
    {
        var table = new TextTable();
        table.Add("deployment", isNumber: false, deployments.Select(deployment => Visible(deployment.Name)));
        AddText("model", deployment => ModelOf(deployment) == deployment.Name ? null : Visible(ModelOf(deployment)));
        AddText("region", deployment => deployment.Marks.Region is { } region ? Visible(region) : null);
        AddText("tags", deployment => deployment.Marks.Tags.Count > 0 ? string.Join(", ", deployment.Marks.Tags.Select(Visible)) : null);
        AddNumber("order", deployment => Text(deployment.Limits.Order));
        AddNumber("weight", deployment => Text(deployment.Limits.Weight));
        AddNumber("rpm", deployment => Text(deployment.Limits.Rpm));
        AddNumber("tpm", deployment => Text(deployment.Limits.Tpm));
        AddNumber("at once", deployment => Text(deployment.Limits.MaxConcurrency));
        AddText("limits of", deployment => deployment.Limits.LimitGroup is { } shared ? Visible(shared) : null);
        AddNumber("budget", deployment => Text(deployment.Limits.Budget));
        AddNumber("mirrors", deployment => Percent(deployment.Limits.MirrorShare));
        AddNumber("window", deployment => Text(deployment.ModelLimits.ContextWindow));
        AddNumber("input limit", deployment => Text(deployment.ModelLimits.InputLimit));
        AddNumber("output limit", deployment => Text(deployment.ModelLimits.OutputLimit));
        AddNumber("limit sent", deployment => deployment.DefaultMaxOutputTokens > 0 ? Text(deployment.DefaultMaxOutputTokens) : null);
        AddNumber("$/M in", deployment => Text(deployment.Prices?.Input));
        AddNumber("$/M out", deployment => Text(deployment.Prices?.Output));
        AddNumber("$/M cached", deployment => Text(deployment.Prices?.CacheRead));
        AddNumber("$/M to cache", deployment => Text(deployment.Prices?.CacheWrite));
        AddText("takes", deployment => TakenBy(deployment.Traits));
        return table;

        void AddText(string title, Func<DeploymentSpec, string?> cell) => table.AddStated(title, isNumber: false, deployments.Select(cell));

        void AddNumber(string title, Func<DeploymentSpec, string?> cell) => table.AddStated(title, isNumber: true, deployments.Select(cell));
    }

    // A policy of the user's own chooses in place of a strategy.
    private static IEnumerable<string> Routing(RoutingSpec routing)
    {
        if (routing.Policy is { } policy) yield return $"policy {Visible(PolicyType.Show(policy))}";
        else yield return $"strategy {routing.Strategy ?? RoutingStrategy.Adaptive}";
        if (routing.LatencyTtl is { } ttl) yield return $"latencies hold {Text(ttl)} s";
        if (routing.LatencyTolerance is { } tolerance) yield return $"latency tolerance {Percent(tolerance)}";
        if (routing.LatencyProbes) yield return "latency probes";
        if (routing.Budget is { } budget) yield return $"budget {Text(budget)}";
        if (routing.HedgeLimit is { } limit) yield return $"at most {Percent(limit)} of calls hedged";
        if (routing.PromptCacheAffinity) yield return "prompt cache affinity";
        if (routing.MaxQueueLength is { } length) yield return $"at most {Text(length)} calls waiting";
    }

    private static IEnumerable<string> Settings(GroupSettings settings)
    {
        if (settings.MaxAttempts is { } attempts) yield return $"at most {Text(attempts)} attempts";
        if (settings.Timeout is { } timeout) yield return $"timeout {Text(timeout)} s";
        if (settings.MaxWait is { } wait) yield return $"waits at most {Text(wait)} s";
        if (settings.AttemptTimeout is { } attempt) yield return $"attempt timeout {Text(attempt)} s";
        if (settings.FirstTokenTimeout is { } first) yield return $"first token timeout {Text(first)} s";
        if (settings.StreamIdleTimeout is { } idle) yield return $"stream idle timeout {Text(idle)} s";
        if (settings.Cooldown is { } cooldown) yield return $"cooldown {Text(cooldown)} s";
        if (settings.AllowedFails is { } fails) yield return $"{Text(fails)} failures allowed";
    }

    private static string NameOf(string occasion) => occasion switch
    {
        "ContextWindowFallbacks" => "context window fallbacks",
        "ContentPolicyFallbacks" => "content policy fallbacks",
        _ => "fallbacks",
    };

    private static string ModelOf(DeploymentSpec deployment) => deployment.Provider + "/" + deployment.Model;

    private static string? TakenBy(ModelTraits traits)
    {
        IEnumerable<string> reasoning = (traits.Parameters & ModelParameters.Reasoning) != 0 ? ["reasoning"] : [];
        string taken = string.Join(", ", CapabilityNames.Of(traits.Capabilities).Concat(reasoning));
        return taken.Length > 0 ? taken : null;
    }

    private static string? Text(int? number) => number?.ToString("N0", CultureInfo.InvariantCulture);

    // A weight may be as large or small as a double: only what is neither has its thousands apart.
    private static string? Text(double? number) =>
        number is >= 1000 and < 1e12 ? Text((decimal)number.Value) : number?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Text(decimal? price) => price?.ToString("#,0.############", CultureInfo.InvariantCulture);

    // The runtime's period, where none is stated, is a day.
    private static string? Text(BudgetSpec? budget) => budget is null ? null : $"${Text(budget.Amount)} {budget.Period switch
    {
        BudgetPeriod.Minute => "a minute",
        BudgetPeriod.Hour => "an hour",
        BudgetPeriod.Month => "a month",
        _ => "a day",
    }}";

    private static string? Percent(double? fraction) => fraction is { } stated ? (stated * 100).ToString("G6", CultureInfo.InvariantCulture) + " %" : null;

    // A name may be any text; what would break a line or is not there to be seen becomes a replacement character.
    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) visible.Append(text[i]).Append(text[++i]);
            else visible.Append(char.IsControl(text[i]) || char.IsSurrogate(text[i]) || text[i] is '\u2028' or '\u2029' ? '\ufffd' : text[i]);
        }

        return visible.ToString();
    }
}
