using System.Runtime.InteropServices;
using RouterGen;

namespace RoutingLab;

/// <summary>What a policy keeps of each deployment. Not thread-safe: a simulation has one thread.</summary>
internal sealed class Figures<T> where T : class, new()
{
    private readonly Dictionary<Deployment, T> _byDeployment = new(ReferenceEqualityComparer.Instance);

    public T this[Deployment deployment]
    {
        get
        {
            ref T? figures = ref CollectionsMarshal.GetValueRefOrAddDefault(_byDeployment, deployment, out _);
            return figures ??= new T();
        }
    }
}
