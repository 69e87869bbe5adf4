namespace RouterGen;

/// <summary>Learns how attempts go: the policy that a user gave to a group. It must not throw.</summary>
internal interface IAttemptObserver
{
    /// <summary>An attempt has ended.</summary>
    void Observe(in AttemptObservation observation);

    /// <summary>A stream has brought its first content.</summary>
    void ObserveFirstToken(Deployment deployment, TimeSpan timeToFirstToken);
}
