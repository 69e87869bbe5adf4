namespace RouterGen;

/// <summary>A deployment, as seen by what it shares with other deployments of its router.</summary>
internal interface ISharer
{
    /// <summary>Calls in flight at the deployment.</summary>
    int InFlight { get; }

    /// <summary>What picks remember of the deployment holds no longer.</summary>
    void Touch();

    /// <summary>Calls that wait for the deployment may have their turn.</summary>
    void Wake();

    /// <summary>Announces what has become of the breaker, in the name of the deployment.</summary>
    void Announce(BreakerChange change, long now);

    /// <summary>Announces that a request finds out whether the endpoint works again.</summary>
    void AnnounceProbe();
}
