namespace RouterGen;

/// <summary>A deployment, as seen by what it shares with other deployments of its router.</summary>
internal interface ISharer
{
    /// <summary>Gets the calls in flight at the deployment.</summary>
    int InFlight { get; }

    /// <summary>What picks remember of the deployment holds no longer.</summary>
    void Invalidate();

    /// <summary>Calls that wait for the deployment may have their turn.</summary>
    void Wake();

    /// <summary>Announces that a cooldown has begun, in the name of the deployment.</summary>
    void AnnounceCooldown(TimeSpan cooldown);

    /// <summary>Announces that requests are answered again, in the name of the deployment.</summary>
    /// <param name="outage">How long none were sent but probes.</param>
    void AnnounceRecovery(TimeSpan outage);

    /// <summary>Announces that a request finds out whether the endpoint works again.</summary>
    void AnnounceProbe();
}
