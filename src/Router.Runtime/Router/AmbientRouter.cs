using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>The options of a static class of groups: settable until the first group is used.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AmbientRouter
{
    private readonly Lock _gate = new();
    private RouterOptions? _options;
    private RouterContext? _context;

    /// <summary>Gets what the groups of the class share; made at its first use.</summary>
    public RouterContext Context
    {
        get
        {
            lock (_gate) return _context ??= new RouterContext(_options);
        }
    }

    /// <summary>Sets the options.</summary>
    /// <exception cref="InvalidOperationException">A group has been used already.</exception>
    public void Configure(RouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_gate)
        {
            if (_context is not null) throw new InvalidOperationException("Configure must be called before a model group is used for the first time.");
            _options = options;
        }
    }
}
