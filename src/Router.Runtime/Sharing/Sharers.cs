namespace RouterGen;

/// <summary>The deployments that share something. Read without a lock; deployments join when their group is made.</summary>
internal sealed class Sharers
{
    private readonly Lock _joining = new();
    private volatile ISharer[] _all = [];

    /// <summary>Gets all of them.</summary>
    public ISharer[] All => _all;

    /// <summary>Gets whether there is more than one.</summary>
    public bool AreSeveral => _all.Length > 1;

    /// <summary>Gets the calls in flight at all of them.</summary>
    public int InFlight
    {
        get
        {
            int inFlight = 0;
            foreach (ISharer sharer in _all) inFlight += sharer.InFlight;
            return inFlight;
        }
    }

    public void Join(ISharer sharer)
    {
        lock (_joining) _all = [.. _all, sharer];
    }

    /// <summary>Tells the others that what they share has changed. To be called behind the change.</summary>
    public void Invalidate(ISharer except)
    {
        if (!AreSeveral) return;
        foreach (ISharer sharer in _all)
        {
            if (sharer != except) sharer.Invalidate();
        }
    }

    /// <summary>Lets calls have their turn that wait for the others. To be called behind <see cref="Invalidate"/>.</summary>
    public void Wake(ISharer except)
    {
        if (!AreSeveral) return;
        foreach (ISharer sharer in _all)
        {
            if (sharer != except) sharer.Wake();
        }
    }
}
