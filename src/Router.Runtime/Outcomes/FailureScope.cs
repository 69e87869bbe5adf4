namespace RouterGen;

/// <summary>What a failure is about, and so what it tells about other requests.</summary>
public enum FailureScope
{
    /// <summary>Nothing: there was no failure, or no request was sent.</summary>
    None = 0,

    /// <summary>The request itself is malformed: every deployment would refuse it.</summary>
    Request,

    /// <summary>This request does not fit this model: another deployment may take it, and this one takes other requests.</summary>
    RequestAtModel,

    /// <summary>What the request or the answer says: a content filter refused it.</summary>
    Content,

    /// <summary>The model at this provider: unknown, retired, out of reach for the key, or at its rate limit. Its deployment cools down.</summary>
    Model,

    /// <summary>The key: all deployments of the router that use it at the same origin cool down.</summary>
    Key,

    /// <summary>The provider, or the way to it: overloaded, failing, silent, not reachable. The deployment that failed cools down.</summary>
    Provider,
}
