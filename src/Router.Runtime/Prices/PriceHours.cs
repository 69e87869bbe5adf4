// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>Hours of some days of the week, in UTC.</summary>
/// <param name="FirstDay">The first of the days.</param>
/// <param name="LastDay">The last of them; before <paramref name="FirstDay"/> for days on both sides of a weekend.</param>
/// <param name="From">When they begin, from midnight; 0 to 24 hours.</param>
/// <param name="To">When they are over. Not after <paramref name="From"/> for hours that end on the next day: as late as they began where both are equal.</param>
public sealed record PriceHours(DayOfWeek FirstDay, DayOfWeek LastDay, TimeSpan From, TimeSpan To)
{
    /// <summary>Returns whether a moment is within the hours: the first instant is, the last is not.</summary>
    /// <param name="moment">The moment, in any time zone.</param>
    public bool Contains(DateTimeOffset moment)
    {
        DateTime utc = moment.UtcDateTime;
        bool isLate = utc.TimeOfDay >= From;
        bool isEarly = utc.TimeOfDay < To;
        if (From < To) return isLate && isEarly && IsDay(utc.DayOfWeek);
        return (isLate && IsDay(utc.DayOfWeek)) || (isEarly && IsDay((DayOfWeek)(((int)utc.DayOfWeek + 6) % 7)));
    }

    private bool IsDay(DayOfWeek day) => FirstDay <= LastDay ? day >= FirstDay && day <= LastDay : day >= FirstDay || day <= LastDay;
}
