using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>
/// What the compiler knows of one deployment and a codec needs while it writes a request. The generator emits one
/// struct for each distinct set of constants of a project, which deployments share, so that a codec's generic shell is
/// specialised once for each.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeploymentConstants
{
    /// <summary>
    /// Gets the start of each request's JSON object as UTF-8, without the comma that follows:
    /// <c>{"model":"gpt-4o-mini"</c>; <c>{</c> where the platform wants nothing in the body that is known at compile time, the model
    /// included.
    /// </summary>
    static abstract ReadOnlySpan<byte> RequestPrefix { get; }

    /// <summary>Gets the model, and what it takes: requests are fitted to it before they are sent.</summary>
    static abstract ModelProfile Profile { get; }
}
