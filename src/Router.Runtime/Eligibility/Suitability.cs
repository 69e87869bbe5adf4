namespace RouterGen;

/// <summary>
/// Which deployments of a group can serve a call, by what does not change while it runs. Two kinds of reasons: what the caller demands
/// (tags, region, a deployment's name) is kept to, even if it leaves none; what is known of models (what they take, and how
/// much) narrows the choice while a deployment is left. A codec refuses what its model is known not to take; a model that
/// the catalog does not list has the capabilities of all that its provider takes, so that it is asked.
/// </summary>
internal sealed class Suitability
{
    private readonly Deployment[] _deployments;
    private readonly ModelCapabilities[] _capabilities;
    private readonly int?[] _longestPrompts;
    private readonly DeploymentSet _shadows;
    private readonly bool _capabilitiesDiffer;
    private readonly bool _promptsDiffer;

    public Suitability(Deployment[] deployments)
    {
        _deployments = deployments;
        _capabilities = Array.ConvertAll(deployments, static deployment => deployment.Capabilities);
        _longestPrompts = Array.ConvertAll(deployments, static deployment => deployment.ModelLimits.LongestPrompt);
        foreach (Deployment deployment in deployments)
        {
            if (deployment.IsShadow) _shadows.Add(deployment.Index);
            _capabilitiesDiffer |= _capabilities[deployment.Index] != _capabilities[0];
            _promptsDiffer |= _longestPrompts[deployment.Index] != _longestPrompts[0];
        }
    }

    /// <summary>Gets whether it matters here what a request holds.</summary>
    public bool LooksAtRequests => _capabilitiesDiffer || _promptsDiffer;

    /// <summary>The deployments that are not for the call: shadows, and those that cannot serve it.</summary>
    public DeploymentSet Unsuitable(in CallProfile call)
    {
        if (!LooksAtRequests && !Demands.Any(call.Routing)) return _shadows;
        int words = (_deployments.Length + 63) / 64;
        Span<ulong> unsuited = words <= 16 ? stackalloc ulong[words] : new ulong[words];
        foreach (Deployment deployment in _deployments)
        {
            if (deployment.IsShadow || !Demands.AreMet(call.Routing, deployment)) Add(unsuited, deployment.Index);
        }

        if (_capabilitiesDiffer) KeepCapable(call, unsuited);
        if (_promptsDiffer) KeepRoomy(call, unsuited);
        return DeploymentSet.From(unsuited);
    }

    /// <summary>Which of the caller's demands no deployment here meets, in words; null where one meets all.</summary>
    public string? UnmetDemand(CallOptions routing) =>
        Demands.Any(routing) ? Demands.Unmet(routing, Array.FindAll(_deployments, static deployment => !deployment.IsShadow)) : null;

    /// <summary>Leaves out those that cannot do what others can. What none can is no reason.</summary>
    private void KeepCapable(in CallProfile call, Span<ulong> unsuited)
    {
        ModelCapabilities offered = ModelCapabilities.None;
        for (int i = 0; i < _deployments.Length; i++)
        {
            if (IsCandidate(call, unsuited, i)) offered |= _capabilities[i];
        }

        ModelCapabilities needs = call.Request.Shape.Needs & offered;
        if (needs is ModelCapabilities.None) return;
        bool any = false;
        for (int i = 0; i < _deployments.Length && !any; i++) any = IsCandidate(call, unsuited, i) && (_capabilities[i] & needs) == needs;
        for (int i = 0; i < _deployments.Length && any; i++)
        {
            if ((_capabilities[i] & needs) != needs) Add(unsuited, i);
        }
    }

    /// <summary>Leaves out those that are known to take no prompt as long as this, if another may take it.</summary>
    private void KeepRoomy(in CallProfile call, Span<ulong> unsuited)
    {
        bool any = false;
        for (int i = 0; i < _deployments.Length && !any; i++) any = IsCandidate(call, unsuited, i) && IsRoomy(i, call.Request.Shape.LongestPrompt);
        for (int i = 0; i < _deployments.Length && any; i++)
        {
            if (!IsRoomy(i, call.Request.Shape.LongestPrompt)) Add(unsuited, i);
        }
    }

    private bool IsRoomy(int index, int prompt) => _longestPrompts[index] is not { } longest || longest >= prompt;

    private bool IsCandidate(in CallProfile call, ReadOnlySpan<ulong> unsuited, int index) =>
        (unsuited[index / 64] >> (index % 64) & 1) == 0
        && (_deployments[index].KeyOf(call.Routing) is null ? _deployments[index].Credentials.Problem is null : _deployments[index].Credentials.TakesKeys);

    private static void Add(Span<ulong> set, int index) => set[index / 64] |= 1UL << (index % 64);
}
