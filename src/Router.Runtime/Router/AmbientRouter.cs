using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>The options of a static class of groups: settable until the first group is used, and replaceable in a part of the program.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AmbientRouter
{
    private readonly Lock _gate = new();
    private RouterOptions? _options;
    private RouterContext? _context;
    private AsyncLocal<RouterOverride?>? _overrides;

    /// <summary>Gets whether any class has ever been overridden in this process: for as long as none has, an accessor costs no more than this look.</summary>
    public static bool HasOverrides { get; private set; }

    /// <summary>Gets what the groups of the class share; made at its first use.</summary>
    public RouterContext Context
    {
        get
        {
            lock (_gate) return _context ??= new RouterContext(_options);
        }
    }

    /// <summary>Gets the override in which the code runs that asks; null where it runs in none.</summary>
    /// <exception cref="ObjectDisposedException">The override has been disposed, and the code that it was made for still runs.</exception>
    public RouterOverride? Override => _overrides?.Value switch
    {
        { IsDisposed: true } => throw new ObjectDisposedException(
            nameof(Override), "A model group was asked for by code that was started within an override of its class, which has been disposed since. Wait for that code before the override ends."),
        var current => current,
    };

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

    /// <summary>Gives the class groups with other options, for the code that asks for them, and what that code starts or awaits.</summary>
    /// <param name="options">The options of these groups.</param>
    /// <returns>What ends it.</returns>
    public RouterOverride BeginOverride(RouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_gate) _overrides ??= new AsyncLocal<RouterOverride?>();
        var begun = new RouterOverride(this, _overrides.Value is { } outer ? Live(outer) : null, options);
        _overrides.Value = begun;
        HasOverrides = true;
        return begun;
    }

    /// <summary>Returns from an override to the one around it. One that ends before those within it is left to them.</summary>
    internal void Leave(RouterOverride ended)
    {
        if (_overrides!.Value == ended) _overrides.Value = Live(ended.Outer);
    }

    private static RouterOverride? Live(RouterOverride? scope)
    {
        while (scope is { IsDisposed: true }) scope = scope.Outer;
        return scope;
    }
}
