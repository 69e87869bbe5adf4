using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// What a pick reads of every deployment of a group, side by side: a thousand objects are a thousand misses of the cache.
/// Here are the calls in flight, a revision that moves with whatever else happens to a deployment, so that what was found
/// out about one holds until then (<see cref="FigureCache{TFigure}"/>), and what settings say of weight and order. Reading is lock-free.
/// </summary>
internal sealed class DeploymentTable
{
    /// <summary>In flight below so many bits, the revision above: one addition moves both.</summary>
    public const int InFlightBits = 24;

    private const long Revision = 1L << InFlightBits;
    private const long InFlightMask = Revision - 1;

    private readonly long[] _traffic;
    private readonly int[] _everyone;
    private readonly double[] _weights;
    private readonly int[] _orders;
    private readonly Lock _changing = new();
    private double _totalWeight;
    private volatile bool _hasOrders;

    /// <param name="deployments">What was declared of them.</param>
    public DeploymentTable(DeploymentDefinition[] deployments)
    {
        _traffic = new long[deployments.Length];
        Array.Fill(_traffic, Revision); // 0 is the revision of what was never looked at
        _everyone = [.. Enumerable.Range(0, deployments.Length)];
        _weights = Array.ConvertAll(deployments, static deployment => deployment.Weight);
        _orders = Array.ConvertAll(deployments, static deployment => deployment.Order);
        Summarize();
    }

    /// <summary>Gets how many deployments there are.</summary>
    public int Count => _traffic.Length;

    /// <summary>Gets the indexes of all of them, in order.</summary>
    public ReadOnlySpan<int> Everyone => _everyone;

    /// <summary>Gets whether some are of a later order than others.</summary>
    public bool HasOrders => _hasOrders;

    /// <summary>Gets the weights of all of them together.</summary>
    public double TotalWeight => Volatile.Read(ref _totalWeight);

    public double Weight(int index) => Volatile.Read(ref _weights[index]);

    public int Order(int index) => Volatile.Read(ref _orders[index]);

    /// <summary>Calls under way, streams included.</summary>
    public int InFlight(int index) => InFlightOf(Volatile.Read(ref _traffic[index]));

    /// <summary>Another one wherever something has happened to the deployment. To be read before what is to hold with it.</summary>
    public uint RevisionOf(int index) => (uint)(Volatile.Read(ref _traffic[index]) >> InFlightBits);

    /// <summary>Gets the calls in flight and revision of each, in one word.</summary>
    public ReadOnlySpan<long> Traffic => _traffic;

    /// <summary>What a word of <see cref="Traffic"/> says of calls in flight.</summary>
    public static int InFlightOf(long traffic) => (int)(traffic & InFlightMask);

    /// <summary>A call is under way.</summary>
    /// <returns>How many are, with it.</returns>
    public int Enter(int index) => InFlightOf(Interlocked.Add(ref _traffic[index], Revision + 1));

    /// <summary>A call has ended. To be told behind all else that it changed.</summary>
    /// <returns>How many are left.</returns>
    public int Leave(int index) => InFlightOf(Interlocked.Add(ref _traffic[index], Revision - 1));

    /// <summary>Something has happened: to be told behind it.</summary>
    public void Invalidate(int index) => Interlocked.Add(ref _traffic[index], Revision);

    /// <summary>The settings of a deployment have changed.</summary>
    /// <param name="deployment">It; what holds by now is read under the lock, so that the last change stays.</param>
    public void Update(Deployment deployment)
    {
        lock (_changing)
        {
            DeploymentSettings settings = deployment.Settings;
            Volatile.Write(ref _weights[deployment.Index], settings.Weight);
            Volatile.Write(ref _orders[deployment.Index], settings.Order);
            Summarize();
        }

        Invalidate(deployment.Index);
    }

    private void Summarize()
    {
        double total = 0;
        foreach (double weight in _weights) total += weight;
        Volatile.Write(ref _totalWeight, total);
        _hasOrders = _orders.AsSpan().ContainsAnyExcept(_orders[0]);
    }
}
