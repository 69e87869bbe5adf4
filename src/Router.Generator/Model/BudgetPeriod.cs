namespace RouterGen.Generator.Model;

/// <summary>The time that a budget is for, with the values of the runtime's <c>RouterGen.BudgetPeriod</c>.</summary>
internal enum BudgetPeriod
{
    Minute = 0,
    Hour = 1,
    Day = 2,
    Month = 3,
}
