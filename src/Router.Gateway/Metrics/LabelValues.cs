namespace RouterGen.Gateway.Metrics;

/// <summary>The values of a series' labels, in the order of their names; those that it has not are empty.</summary>
internal readonly record struct LabelValues(string First, string Second = "", string Third = "", string Fourth = "")
{
    /// <summary>Gets a value by its place.</summary>
    public string this[int place] => place switch
    {
        0 => First,
        1 => Second,
        2 => Third,
        _ => Fourth,
    };
}
