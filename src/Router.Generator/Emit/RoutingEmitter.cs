using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Emit;

/// <summary>Writes how a group chooses among its deployments.</summary>
internal static class RoutingEmitter
{
    /// <summary>What the group's definition says of it; only what differs from the runtime's defaults.</summary>
    public static void WriteSettings(SourceWriter writer, RoutingSpec routing)
    {
        if (routing.Strategy is { } strategy) writer.Line($"Strategy = {CodeNames.RoutingStrategy}.{strategy},");
        writer.Time("LatencyTtl", routing.LatencyTtl);
        if (routing.LatencyTolerance is { } tolerance) writer.Line($"LatencyTolerance = {Literal.Of(tolerance)},");
        if (routing.LatencyProbes) writer.Line("LatencyProbes = true,");
        WriteBudget(writer, routing.Budget);
        if (routing.HedgeLimit is { } limit) writer.Line($"HedgeLimit = {Literal.Of(limit)},");
        if (routing.PromptCacheAffinity) writer.Line("PromptCacheAffinity = true,");
        if (routing.MaxQueueLength is { } length) writer.Line($"MaxQueueLength = {Literal.Of(length)},");
    }

    /// <summary>What may be spent, where that is limited.</summary>
    public static void WriteBudget(SourceWriter writer, BudgetSpec? budget)
    {
        if (budget is null) return;
        writer.Line($"Budget = {Literal.Of(budget.Amount)},");
        if (budget.Period is { } period) writer.Line($"BudgetPeriod = {CodeNames.BudgetPeriod}.{period},");
    }

    /// <summary>The method that makes the group's policy of the user's own.</summary>
    public static void WritePolicy(SourceWriter writer, string policy) => writer.Write($"""
        /// <inheritdoc/>
        protected override {CodeNames.SelectionPolicy}? CreatePolicy() => new {policy}();
        """);
}
