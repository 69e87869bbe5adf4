using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A deployment, as seen by the key that it shares with other deployments of its router.</summary>
internal interface IKeyUser
{
    /// <summary>Gets the endpoint, which cools down.</summary>
    EndpointState Endpoint { get; }

    /// <summary>Cools down, because the key does not work.</summary>
    BreakerChange CoolWithKey(AttemptFailure failure, long until);

    /// <summary>Ends a cooldown that was for the key alone.</summary>
    BreakerChange FreeWithKey();

    /// <summary>Announces what became of the deployment.</summary>
    void AnnounceKey(BreakerChange change);
}
