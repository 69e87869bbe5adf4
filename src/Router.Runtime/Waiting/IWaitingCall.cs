namespace RouterGen;

/// <summary>What a queue asks a call that waits. Asked under the lock of the queues, and not while the call decides.</summary>
internal interface IWaitingCall
{
    /// <summary>Returns the deployments, of those that are claimed by calls ahead of it, that the call must leave to them.</summary>
    DeploymentSet ClaimsToRespect(int place, DeploymentSet claimed);

    /// <summary>Picks and enters a deployment of the group, if one can take the call now and no code of the user's chooses.</summary>
    /// <param name="place">Which of the call's groups.</param>
    /// <param name="respected">Deployments that the call must leave to those ahead of it.</param>
    /// <param name="now">The time.</param>
    /// <param name="returnsAt">Where the call waits on: when the first deployment returns; see <see cref="DeploymentPicker.TryPick"/>.</param>
    Turn TakeTurn(int place, in DeploymentSet respected, long now, out long returnsAt);

    /// <summary>Returns the deployments of the group that the call waits for: those that may take it before its deadline.</summary>
    DeploymentSet Claims(int place, long now);

    /// <summary>Returns when the first deployment returns in any of its groups; see <see cref="DeploymentPicker.TryPick"/>.</summary>
    long FirstReturn(long now);
}

/// <summary>What a waiting call makes of its turn.</summary>
internal enum Turn
{
    /// <summary>No deployment can take it: it waits on.</summary>
    Wait,

    /// <summary>It has entered a deployment.</summary>
    Enter,

    /// <summary>A deployment can take it, and a policy of the user's decides: the call asks it, without the lock.</summary>
    Decide,
}
