using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>
/// Where a deployment is served: how its requests are addressed, and what they are authorised with. A provider is a dialect at
/// a platform. Immutable and thread-safe; what changes over time is in its <see cref="Authorizer"/>s.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Platform
{
    private const string Version = "/v1";

    /// <summary>
    /// Returns the address of a deployment's requests. It is asked once for whole answers and once for streams, when the deployment is made.
    /// </summary>
    /// <param name="endpoint">The deployment's endpoint, without a slash at its end.</param>
    /// <param name="codec">The dialect, which knows the model, and its own path for the kind of call.</param>
    /// <param name="streaming">Whether the answer is to be streamed.</param>
    /// <returns>An absolute URL; it may have a query. One that is none makes the deployment unusable, with a message that says so.</returns>
    public virtual string AddressOf(string endpoint, Codec codec, bool streaming) => Join(endpoint, codec.PathFor(streaming));

    /// <summary>Returns how a streamed answer is divided into events: as its dialect says, unless the platform wraps it.</summary>
    /// <param name="codec">The dialect.</param>
    public virtual StreamFraming FramingOf(Codec codec) => codec.Framing;

    /// <summary>Gets whether requests are authorised without a key where none is configured.</summary>
    public virtual bool HasCredentials => false;

    /// <summary>Returns a base URL with a path behind it. What both state, a version or the whole path, is there once.</summary>
    protected static string Join(string endpoint, string path)
    {
        if (endpoint.EndsWith(path, StringComparison.Ordinal)) return endpoint;
        bool isVersionStated = path.StartsWith(Version + "/", StringComparison.Ordinal) && endpoint.EndsWith(Version, StringComparison.Ordinal);
        return endpoint + (isVersionStated ? path[Version.Length..] : path);
    }

    /// <summary>
    /// Makes what requests are authorised with: once for a deployment, and for each call that brings a key of its own.
    /// </summary>
    /// <param name="key">The key that is configured or that the caller brings, of visible ASCII characters; null where none is configured.</param>
    /// <param name="context">What the deployments of a router share.</param>
    public abstract Authorizer CreateAuthorizer(string? key, PlatformContext context);
}
