// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Arguments;
#else
namespace RouterGen;
#endif

/// <summary>What a number may be, in declarations and in configuration.</summary>
/// <param name="Least">The least number, or what it must be greater than.</param>
/// <param name="IsLeastAllowed">Whether the least number itself is allowed.</param>
/// <param name="Most">The greatest number.</param>
/// <param name="Demand">What it must be, for messages.</param>
internal sealed record NumberBounds(double Least, bool IsLeastAllowed, double Most, string Demand)
{
    // A timer takes no longer time: a little under 25 days.
    private const double LongestSeconds = int.MaxValue / 1000;

    public static readonly NumberBounds Positive = new(0, IsLeastAllowed: false, double.MaxValue, "greater than 0");
    public static readonly NumberBounds NotNegative = new(0, IsLeastAllowed: true, double.MaxValue, "0 or greater");
    public static readonly NumberBounds Seconds = new(0, IsLeastAllowed: false, LongestSeconds, "greater than 0 and at most 2147483");
    public static readonly NumberBounds SecondsOrNone = new(0, IsLeastAllowed: true, LongestSeconds, "0 or greater and at most 2147483");
    public static readonly NumberBounds Fraction = new(0, IsLeastAllowed: false, 1, "greater than 0 and at most 1");
    public static readonly NumberBounds Price = new(0, IsLeastAllowed: true, 1_000_000, "from 0 to 1000000, in USD per million tokens");
    public static readonly NumberBounds Budget = new(0, IsLeastAllowed: false, 1_000_000_000, "greater than 0 and at most 1000000000, in USD");

    public static readonly NumberBounds Bytes = new(0, IsLeastAllowed: false, 1 << 30, "greater than 0 and at most 1073741824");

    /// <summary>Within these bounds no sum of weights loses any of them.</summary>
    public static readonly NumberBounds Weight = new(0.000_001, IsLeastAllowed: true, 1_000_000, "between 0.000001 and 1000000");

    public bool Allow(double number) => (number > Least || (IsLeastAllowed && number == Least)) && number <= Most;
}
