namespace RouterGen;

/// <summary>The numbers of calls and attempts, which are made when something asks for them.</summary>
internal static class ObservationId
{
#pragma warning disable RS0030 // It must be that of nothing else, whatever the router's seed.
    /// <summary>Makes a number, unless another thread has made one.</summary>
    public static string Make(ref string? id) => Interlocked.CompareExchange(ref id, Guid.NewGuid().ToString("N"), null) ?? id!;
#pragma warning restore RS0030
}
