using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>What authorises requests in place of a key: an identity of a cloud, as tokens or as signatures. Immutable and thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CredentialSource
{
    /// <summary>Makes what requests of one deployment are authorised with.</summary>
    /// <param name="context">What the deployments of a router share.</param>
    public abstract Authorizer CreateAuthorizer(PlatformContext context);
}
