using System.Globalization;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Drafts;

/// <summary>Reads numbers that are allowed within bounds. One that is out of them is reported and taken as not stated.</summary>
internal static class NumberBounds
{
    // The longest time that a timer takes, in seconds: a little under 25 days.
    private const double LongestSeconds = int.MaxValue / 1000;
    private const double HighestPrice = 1_000_000;
    private const double HighestWeight = 1_000_000;
    private const double HighestBudget = 1_000_000_000;

    /// <summary>The smallest weight.</summary>
    public const double LowestWeight = 0.000_001;

    /// <summary>A number above 0.</summary>
    public static int? Positive(DeclaredArguments declared, string property, ProblemList problems) =>
        Check(declared, property, declared.Integer(property), value => value > 0, "greater than 0", problems);

    /// <summary>0 or a number above it.</summary>
    public static int? NotNegative(DeclaredArguments declared, string property, ProblemList problems) =>
        Check(declared, property, declared.Integer(property), value => value >= 0, "0 or greater", problems);

    /// <summary>A time above 0 that a timer can measure.</summary>
    public static double? Seconds(DeclaredArguments declared, string property, ProblemList problems) =>
        Check(declared, property, declared.Number(property), value => value is > 0 and <= LongestSeconds, "greater than 0 and at most 2147483", problems);

    /// <summary>A time that a timer can measure, or 0.</summary>
    public static double? SecondsOrNone(DeclaredArguments declared, string property, ProblemList problems) =>
        Check(declared, property, declared.Number(property), value => value is >= 0 and <= LongestSeconds, "0 or greater and at most 2147483", problems);

    /// <summary>A price in USD per million tokens; NaN is not stated.</summary>
    public static decimal? Price(DeclaredArguments declared, string property, ProblemList problems)
    {
        double? stated = declared.Number(property) is { } price && !double.IsNaN(price) ? price : null;
        return (decimal?)Check(declared, property, stated, value => value is >= 0 and <= HighestPrice, "from 0 to 1000000, in USD per million tokens", problems);
    }

    /// <summary>A part of a whole.</summary>
    public static double? Fraction(DeclaredArguments declared, string property, ProblemList problems) =>
        Check(declared, property, declared.Number(property), value => value is > 0 and <= 1, "greater than 0 and at most 1", problems);

    /// <summary>A fraction by which something may be exceeded.</summary>
    public static double? Tolerance(DeclaredArguments declared, string property, ProblemList problems) =>
        Check(declared, property, declared.Number(property), value => value is >= 0 and <= double.MaxValue, "0 or greater", problems);

    /// <summary>What may be spent, with its period; the period alone is of no account.</summary>
    public static BudgetSpec? Budget(DeclaredArguments declared, ProblemList problems)
    {
        BudgetPeriod? period = Choice<BudgetPeriod>(declared, "BudgetPeriod", problems);
        double? amount = Check(
            declared, "Budget", declared.Number("Budget"), value => value is > 0 and <= HighestBudget && (decimal)value > 0, "greater than 0 and at most 1000000000, in USD", problems);
        return amount is { } usd ? new((decimal)usd, period) : null;
    }

    /// <summary>A value of an enumeration: not a number that was cast to it.</summary>
    public static T? Choice<T>(DeclaredArguments declared, string property, ProblemList problems)
        where T : struct, Enum =>
        Check(declared, property, declared.Integer(property), value => Enum.IsDefined(typeof(T), value), $"a value of {typeof(T).Name}", problems) is { } number
            ? (T)Enum.ToObject(typeof(T), number)
            : null;

    /// <summary>A weight: within bounds in which no sum of weights loses any of them.</summary>
    public static double? Weight(DeclaredArguments declared, ProblemList problems)
    {
        if (declared.Number("Weight") is not { } weight || weight is >= LowestWeight and <= HighestWeight) return declared.Number("Weight");
        problems.Add(ProblemKinds.InvalidWeight, declared.PlaceOf("Weight"), weight.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    private static T? Check<T>(DeclaredArguments declared, string property, T? value, Func<T, bool> isAllowed, string demand, ProblemList problems)
        where T : struct, IFormattable
    {
        if (value is not { } stated || isAllowed(stated)) return value;
        problems.Add(ProblemKinds.InvalidLimit, declared.PlaceOf(property), declared.NameOf(property), demand, stated.ToString(null, CultureInfo.InvariantCulture));
        return null;
    }
}
