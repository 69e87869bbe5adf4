using Microsoft.Extensions.Configuration;

namespace RouterGen;

/// <summary>
/// A section of the application's configuration. Names are looked up as a whole, never found by listing: a name may hold
/// the separator of configuration's paths, a colon.
/// </summary>
internal sealed class OverrideSection
{
    private readonly IConfigurationSection _section;
    private readonly OverrideReport _report;

    /// <param name="section">The section.</param>
    /// <param name="report">Where to say what has no effect.</param>
    public OverrideSection(IConfigurationSection section, OverrideReport report)
    {
        _section = section;
        _report = report;
    }

    /// <summary>Gets where it is.</summary>
    public string Path => _section.Path;

    /// <summary>What is there at this moment; null where nothing is.</summary>
    public string? this[string key] => _section[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public OverrideSection Below(string name) => new(_section.GetSection(name), _report);

    /// <summary>Says that a value has no effect. The value is not told: it may have been meant for another place.</summary>
    /// <param name="key">The key of the value.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isKnown">Whether it is the same value of which it was said before.</param>
    public void Warn(string key, string reason, bool isKnown)
    {
        if (isKnown) _report.Note(PathOf(key), reason);
        else _report.Warn(PathOf(key), reason);
    }

    /// <summary>Says once that a section stands where a value belongs.</summary>
    public void WarnOfSection(string key, string expected)
    {
        if (_section.GetSection(key).GetChildren().Any()) _report.WarnOnce(PathOf(key), $"it must be {expected}, not a section");
    }

    /// <summary>Says once that a value stands where this section belongs.</summary>
    public void WarnOfValue()
    {
        if (!string.IsNullOrWhiteSpace(_section.Value)) _report.WarnOnce(Path, "it must be a section, not a value");
    }

    /// <summary>Says once of each name that it means nothing here.</summary>
    /// <param name="known">The names that mean something.</param>
    /// <param name="what">What kind of names these are.</param>
    public void WarnOfUnknown(IReadOnlyCollection<string> known, string what)
    {
        WarnOfValue();
        foreach (IConfigurationSection child in _section.GetChildren())
        {
            bool isKnown = known.Any(name => name.StartsWith(child.Key, StringComparison.OrdinalIgnoreCase) && (name.Length == child.Key.Length || name[child.Key.Length] == ':'));
            if (!isKnown) _report.WarnOnce(child.Path, $"there is no such {what}; there are {string.Join(", ", known)}");
        }
    }

    private string PathOf(string key) => $"{Path}:{key}";
}
