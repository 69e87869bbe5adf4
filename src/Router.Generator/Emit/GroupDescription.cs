using System.Globalization;
using System.Text;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>A group as people read it: its settings, its fallbacks, and a row for each deployment with all that the build knows of it.</summary>
internal static class GroupDescription
{
    private const string Indent = "  ";

    /// <summary>The lines, without line ends.</summary>
    public static IEnumerable<string> Lines(GroupSpec group)
    {
        yield return Visible(group.Name);
        foreach (bool isAboutChoice in new[] { true, false })
        {
            string line = string.Join(", ", GroupProperties.All.Where(row => row.IsAboutChoice == isAboutChoice).Select(row => Show(row, group)).OfType<string>());
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
        foreach (DeclaredProperty row in DeploymentProperties.All.Where(row => row.Shown is not null))
        {
            bool isNumber = row.Type is DeclaredType.Integer or DeclaredType.Number;
            table.AddStated(row.Shown!, isNumber, deployments.Select(deployment => Show(row, DeploymentProperties.Period, deployment.Settings.Stated)));
        }

        AddNumber("window", deployment => Text(deployment.ModelLimits.ContextWindow));
        AddNumber("input limit", deployment => Text(deployment.ModelLimits.InputLimit));
        AddNumber("output limit", deployment => Text(deployment.ModelLimits.OutputLimit));
        AddNumber("limit sent", deployment => deployment.DefaultMaxOutputTokens > 0 ? Text(deployment.DefaultMaxOutputTokens) : null);
        AddNumber("$/M in", deployment => Text(deployment.Prices?.Standard.Input));
        AddNumber("$/M out", deployment => Text(deployment.Prices?.Standard.Output));
        AddNumber("$/M cached", deployment => Text(deployment.Prices?.Standard.CacheRead));
        AddNumber("$/M to cache", deployment => Text(deployment.Prices?.Standard.CacheWrite));
        AddText("other prices", deployment => PriceEmitter.Describe(deployment.Prices));
        AddText("takes", deployment => TakenBy(deployment.Traits));
        return table;

        void AddText(string title, Func<DeploymentSpec, string?> cell) => table.AddStated(title, isNumber: false, deployments.Select(cell));

        void AddNumber(string title, Func<DeploymentSpec, string?> cell) => table.AddStated(title, isNumber: true, deployments.Select(cell));
    }

    // A policy of the user's own chooses in place of a strategy, which there always is.
    private static string? Show(DeclaredProperty row, GroupSpec group)
    {
        if (row == GroupProperties.Strategy)
        {
            return group.Policy is { } policy ? $"policy {Visible(UserType.Show(policy))}" : $"strategy {(RoutingStrategy?)group.Settings.Integer(row) ?? RoutingStrategy.Adaptive}";
        }

        return row.Shown is { } phrase && Show(row, GroupProperties.Period, group.Settings) is { } shown ? string.Format(CultureInfo.InvariantCulture, phrase, shown) : null;
    }

    // A value as its row says; null where there is none.
    private static string? Show(DeclaredProperty row, DeclaredProperty period, SettingValues settings) => settings[row] switch
    {
        double amount when row.Unit is DeclaredUnit.Usd => $"${Text((decimal)amount)} {Name((BudgetPeriod?)settings.Integer(period) ?? GroupProperties.DefaultBudgetPeriod)}",
        double fraction when row.Unit is DeclaredUnit.Fraction => (fraction * 100).ToString("G6", CultureInfo.InvariantCulture) + " %",
        double number => Text(number),
        int number when row.Type is DeclaredType.ServiceTier => ((ServiceTier)number).ToString().ToLowerInvariant(),
        int number => Text(number),
        string text => Visible(text),
        EquatableArray<string?> texts => string.Join(", ", texts.Select(text => Visible(text!))),
        bool => "yes",
        _ => null,
    };

    private static string Name(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Minute => "a minute",
        BudgetPeriod.Hour => "an hour",
        BudgetPeriod.Month => "a month",
        _ => "a day",
    };

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
