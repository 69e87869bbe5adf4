using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>The groups that a static class has in a part of a program, with options of their own: made by its <c>Override</c>, ended by disposing it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RouterOverride : IDisposable
{
    private readonly AmbientRouter _router;
    private readonly Lock _gate = new();
    private readonly Dictionary<Type, object> _groups = [];
    private volatile bool _isDisposed;

    internal RouterOverride(AmbientRouter router, RouterOverride? outer, RouterOptions options)
    {
        _router = router;
        Outer = outer;
        Context = new RouterContext(options);
    }

    /// <summary>Gets what its groups share.</summary>
    public RouterContext Context { get; }

    /// <summary>Gets the override within which it was made; null where there was none.</summary>
    internal RouterOverride? Outer { get; }

    /// <summary>Gets whether it has ended.</summary>
    internal bool IsDisposed => _isDisposed;

    /// <summary>Returns a group, which is made at its first use.</summary>
    /// <param name="make">Makes it.</param>
    public T Group<T>(Func<RouterOverride, T> make) where T : class
    {
        ArgumentNullException.ThrowIfNull(make);
        lock (_gate)
        {
            if (_groups.TryGetValue(typeof(T), out object? group)) return (T)group;
            T made = make(this);
            _groups.Add(typeof(T), made);
            return made;
        }
    }

    /// <summary>Ends it: the class has the groups again that it had before. Calls that are under way end as they would have.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _router.Leave(this);
        Context.Dispose();
    }
}
