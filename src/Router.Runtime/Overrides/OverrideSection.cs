using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>
/// A section of the application's configuration. Names are looked up as a whole, never found by listing: a name may hold
/// the separator of configuration's paths, a colon.
/// </summary>
internal sealed class OverrideSection
{
    private readonly IConfigurationSection _section;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, bool> _warned;

    /// <param name="section">The section.</param>
    /// <param name="logger">Where to say what has no effect.</param>
    /// <param name="warned">The paths of which that was said.</param>
    public OverrideSection(IConfigurationSection section, ILogger logger, ConcurrentDictionary<string, bool> warned)
    {
        _section = section;
        _logger = logger;
        _warned = warned;
    }

    /// <summary>What is there at this moment; null where nothing is.</summary>
    public string? this[string key] => _section[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public OverrideSection Below(string name) => new(_section.GetSection(name), _logger, _warned);

    /// <summary>Says that a value has no effect. The value is not told: it may have been meant for another place.</summary>
    public void Warn(string key, string reason) => RouterLog.ConfigurationIgnored(_logger, $"{_section.Path}:{key}", reason);

    /// <summary>Says once that a section stands where a value belongs.</summary>
    public void WarnOfSection(string key, string expected)
    {
        IConfigurationSection section = _section.GetSection(key);
        if (section.GetChildren().Any() && _warned.TryAdd(section.Path, true)) Warn(key, $"it must be {expected}, not a section");
    }

    /// <summary>Says once that a value stands where this section belongs.</summary>
    public void WarnOfValue()
    {
        if (!string.IsNullOrWhiteSpace(_section.Value) && _warned.TryAdd(_section.Path, true)) RouterLog.ConfigurationIgnored(_logger, _section.Path, "it must be a section, not a value");
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
            if (!isKnown && _warned.TryAdd(child.Path, true)) Warn(child.Key, $"there is no such {what}; there are {string.Join(", ", known)}");
        }
    }
}
