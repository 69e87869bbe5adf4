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
    private readonly HashSet<string> _warned;

    public OverrideSection(IConfiguration configuration, string path, ILogger logger)
        : this(configuration.GetSection(path), logger, new HashSet<string>(StringComparer.OrdinalIgnoreCase))
    {
    }

    private OverrideSection(IConfigurationSection section, ILogger logger, HashSet<string> warned)
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

    /// <summary>Says once of each name that it means nothing here.</summary>
    /// <param name="known">The names that mean something.</param>
    /// <param name="what">What kind of names these are.</param>
    public void WarnOfUnknown(IReadOnlyCollection<string> known, string what)
    {
        foreach (IConfigurationSection child in _section.GetChildren())
        {
            bool isKnown = known.Any(name => name.StartsWith(child.Key, StringComparison.OrdinalIgnoreCase) && (name.Length == child.Key.Length || name[child.Key.Length] == ':'));
            if (!isKnown && _warned.Add(child.Path)) Warn(child.Key, $"there is no such {what}; there are {string.Join(", ", known)}");
        }
    }
}
