namespace RouterGen;

/// <summary>The bounds of settings of the gateway. Each returns the value, or throws <see cref="ArgumentOutOfRangeException"/>.</summary>
internal static class OptionBounds
{
    /// <summary>More than zero.</summary>
    public static TimeSpan AboveZero(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }

    /// <summary>Zero or more.</summary>
    public static TimeSpan ZeroOrMore(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }

    /// <summary>No less than a bound.</summary>
    public static int AtLeast(int least, int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }
}
