namespace RouterGen.Declarations.Model;

/// <summary>What may be spent.</summary>
/// <param name="Amount">USD in each period.</param>
/// <param name="Period">The period; null where none was stated and the runtime's default holds.</param>
internal sealed record BudgetSpec(decimal Amount, BudgetPeriod? Period);
