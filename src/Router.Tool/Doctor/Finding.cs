namespace RouterGen.Tool.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>All is well, or there is nothing to do.</summary>
    Ok,

    /// <summary>It works, and will not for long, or not always.</summary>
    Warning,

    /// <summary>Calls fail.</summary>
    Error,
}

/// <summary>What a check found.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Check">The check.</param>
/// <param name="Message">What was found. It holds no key.</param>
/// <param name="Advice">What to do; null where there is nothing.</param>
internal sealed record Finding(FindingLevel Level, string Check, string Message, string? Advice = null);
