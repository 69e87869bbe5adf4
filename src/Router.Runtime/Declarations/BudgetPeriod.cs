// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>The time that a budget is for. Periods begin on the clock (UTC), not with the first call.</summary>
public enum BudgetPeriod
{
    /// <summary>Each minute.</summary>
    Minute,

    /// <summary>Each hour.</summary>
    Hour,

    /// <summary>Each day, from midnight UTC.</summary>
    Day,

    /// <summary>Each month, from the first day's midnight UTC.</summary>
    Month,
}
