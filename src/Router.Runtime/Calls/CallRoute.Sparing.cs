namespace RouterGen;

// How a call passes over deployments that have kept calls waiting in vain, as long as another can take it: a request in the
// background finds out whether they work again.
internal sealed partial class CallRoute
{
    private bool SparesAny => _router.SharedStates.AnyIsCostly;

    /// <summary>Adds the deployments of a visit to <paramref name="excluded"/> that are passed over for now.</summary>
    private DeploymentSet Sparing(int visit, DeploymentSet excluded)
    {
        if (SparesAny) excluded.Add(_visits[visit].Group.Recovery.Spared);
        return excluded;
    }

    /// <summary>A deployment was entered; those that were passed over for it may be probed.</summary>
    private NextStep FoundBeside()
    {
        if (!SparesAny) return NextStep.Try;
        for (int i = 0; i < _visitCount; i++) _visits[i].Group.Recovery.Probe(_visits[i].Tried);
        return NextStep.Try;
    }
}
