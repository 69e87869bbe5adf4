using RouterGen.Declarations.Json;
using RouterGen.Declarations.JsonDeclarations;

namespace RouterGen.Declarations.LiteLLM;

/// <summary>Reads what a deployment of a LiteLLM configuration may spend: an amount, and the span of time that it is for.</summary>
internal sealed class LiteLLMBudgets(JsonProblems problems)
{
    private const string AmountName = "max_budget";
    private const string DurationName = "budget_duration";

    public void Read(JsonObject parameters, JsonArguments deployment)
    {
        JsonNode? amount = Stated(parameters, AmountName);
        JsonNode? duration = Stated(parameters, DurationName);

        // LiteLLM keeps no budget of which it knows but half.
        if (amount is null && duration is null) return;
        if (duration is null) problems.ReportInvalid(AmountName, amount!.Span, $"stated together with {DurationName}");
        else if (amount is null) problems.ReportInvalid(DurationName, duration.Span, $"stated together with {AmountName}");
        else Read(amount, duration, deployment);
    }

    private void Read(JsonNode amount, JsonNode duration, JsonArguments deployment)
    {
        string span = duration is JsonLiteral text && text.TryGetString(out string written) ? written : "";
        int at = Array.FindIndex(LiteLLMSettings.BudgetDurations, known => known.Duration == span);
        if (amount is not JsonLiteral number || !number.TryGetDouble(out double usd))
        {
            problems.ReportInvalid(AmountName, amount.Span, "a number");
        }
        else if (at < 0)
        {
            problems.ReportInvalid(DurationName, duration.Span, "\"1m\", \"1h\", \"1d\" or \"1mo\"");
        }
        else
        {
            deployment.StateAs(AmountName, "Budget", usd, amount.Span);
            deployment.StateAs(DurationName, "BudgetPeriod", (int)LiteLLMSettings.BudgetDurations[at].Period, duration.Span);
        }
    }

    // Null is not stated, as in YAML; and what is being typed is reported already.
    private static JsonNode? Stated(JsonObject parameters, string name) =>
        parameters.TryGet(name, out JsonProperty property) && property.Value.Kind is not (JsonKind.Null or JsonKind.Invalid) ? property.Value : null;
}
