namespace RouterGen;

/// <summary>What a <see cref="SelectionPolicy"/> sees: a call, and the deployments that can take it.</summary>
public readonly ref struct SelectionContext
{
    private readonly ReadOnlySpan<Deployment> _deployments;
    private readonly ReadOnlySpan<int> _eligible;
    private readonly ref readonly CallProfile _call;

    internal SelectionContext(ReadOnlySpan<Deployment> deployments, ReadOnlySpan<int> eligible, in CallProfile call, long now)
    {
        _deployments = deployments;
        _eligible = eligible;
        _call = ref call;
        Now = now;
    }

    /// <summary>Gets how many deployments there are to choose from; at least one.</summary>
    public int Count => _eligible.Length;

    /// <summary>A deployment to choose from, with its live figures.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public Deployment this[int index] => _deployments[_eligible[index]];

    /// <summary>Gets what the caller asks for: a <see cref="ChatRequest"/> in a group of chat models.</summary>
    public CallRequest Request => _call.Request;

    /// <summary>Gets how the caller wants the call routed.</summary>
    public CallOptions Routing => _call.Routing;

    /// <summary>
    /// Gets where the call's session (<see cref="CallOptions.SessionKey"/>), or others with the same long prompt, keep to: the
    /// index of that deployment; null where there is nothing to keep to, or none to choose from that they would keep to. The
    /// strategies follow it before all else; to a policy of your own it is advice.
    /// </summary>
    public int? PinnedIndex { get; internal init; }

    /// <summary>Gets whether the answer is streamed.</summary>
    public bool IsStreaming => _call.Request.IsStreaming;

    /// <summary>Gets the deployments to choose from, as indexes into <see cref="Deployments"/>.</summary>
    internal ReadOnlySpan<int> Eligible => _eligible;

    /// <summary>Gets all deployments of the group.</summary>
    internal ReadOnlySpan<Deployment> Deployments => _deployments;

    /// <summary>Gets what picks read of all of them.</summary>
    internal DeploymentTable Table => _deployments[0].Table;

    /// <summary>Gets the time, in ticks of the router's clock.</summary>
    internal long Now { get; }

    /// <summary>What is known of the call.</summary>
    internal ref readonly CallProfile Call => ref _call;
}
